import Hummingbird
import TareCore
