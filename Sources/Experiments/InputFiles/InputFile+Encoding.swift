extension InputFile {
    /// What it is instead of plain text, and how to get that; nil if it may be plain text.
    var foreignEncoding: InputProblem? {
        if let (tool, undo) = Self.compressions.first(where: { bytes.starts(with: $0.magic) }).map({
            ($0.tool, $0.undo)
        }) {
            return problem(
                1, "this file is compressed with \(tool)", seen: nil as String?,
                expected: "the file itself: \(undo) \(name)")
        }
        // Windows' shells write so what a program prints.
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return problem(
                1, "this file is in UTF-16", seen: nil as String?, expected: "UTF-8: iconv -f UTF-16 -t UTF-8 \(name)")
        }
        if bytes.prefix(4_096).contains(0) {
            return problem(
                1, "this is no text: there are zero bytes in it", seen: nil as String?, expected: "a text file")
        }
        return nil
    }

    /// How compressed files begin, what makes them, and what undoes it.
    private static let compressions: [(magic: [UInt8], tool: String, undo: String)] = [
        ([0x1F, 0x8B], "gzip", "gunzip"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "unzstd"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "unxz"), (Array("BZh".utf8), "bzip2", "bunzip2"),
        (Array("PK\u{3}\u{4}".utf8), "zip", "unzip"),
    ]
}
