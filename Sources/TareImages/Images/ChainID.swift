import TareCore
import TareLinux

/// Names a stack of layers: the digest of the chain below and of the layer's own diff id, as the image specification
/// says.
///
/// The same layers in the same order have the same name, whatever image they are in.
public enum ChainID {
    /// The chain ids of a stack.
    ///
    /// - Parameter diffIDs: the layers, lowest first.
    /// - Returns: one a layer, each standing for the layer and all below it.
    /// - Throws: `TareError` with the errno.
    public static func chain(_ diffIDs: [Digest]) throws(TareError) -> [Digest] {
        var chain: [Digest] = []
        for diffID in diffIDs {
            guard let below = chain.last else {
                chain.append(diffID)
                continue
            }
            chain.append(try SHA256.digest(of: "\(below) \(diffID)"))
        }
        return chain
    }

    /// The name of one layer on top of a stack.
    public static func next(_ diffID: Digest, on parent: Digest?) throws(TareError) -> Digest {
        guard let parent else { return diffID }
        return try SHA256.digest(of: "\(parent) \(diffID)")
    }
}
