/// Neighbouring blocks of a file that are neighbours on the disk as well; what lies between runs is a hole.
struct Ext4Run {
    /// Number of the first block inside the file.
    var logical: UInt64
    /// Number of the first block on the disk.
    var physical: UInt64
    /// Number of blocks.
    var count: UInt64
}
