import CTareData

/// The names of the EC2 catalogue's rows: the first field of each line.
enum EC2Names {
    static let all: [String] = {
        let file = tare_data_ec2_instance_types()
        let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
        return bytes.split(separator: 10).dropFirst().map { line in
            String(decoding: line.prefix { $0 != 44 }, as: UTF8.self)
        }
    }()
}
