#include "tare_linux.h"
