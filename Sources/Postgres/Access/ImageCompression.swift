/// How small a relation's full-page images become, by method.
public struct ImageCompression: Sendable, Equatable {
    /// The size of a compressed image: a fixed part and a part for each byte of the page without its hole.
    public struct Size: Sendable, Equatable {
        /// Compressed bytes for each byte of the page.
        public var ratio: Double
        /// Bytes that an image takes however full its page is: the page's header, the first row, which resembles
        /// nothing before it, and the method's tables of codes.
        public var fixed: Double

        /// - Parameters:
        ///   - ratio: compressed bytes for each byte of the page.
        ///   - fixed: bytes that every image takes besides.
        public init(_ ratio: Double, fixed: Double = 0) {
            self.ratio = ratio
            self.fixed = fixed
        }

        /// The compressed size of so many bytes.
        func bytes(of length: Int) -> Int { Int((fixed + Double(length) * ratio).rounded()) }
    }

    /// PostgreSQL's own method.
    public var pglz: Size
    /// LZ4.
    public var lz4: Size
    /// Zstandard at its default level.
    public var zstd: Size

    /// Everything spelled out.
    public init(pglz: Size, lz4: Size, zstd: Size) {
        self.pglz = pglz
        self.lz4 = lz4
        self.zstd = zstd
    }

    /// Measured on pages of pgbench_accounts by PostgreSQL 15.18, filled to 80, 90 and 100 per cent: rows much alike,
    /// mostly a filler of blanks.
    public static let heap = ImageCompression(
        pglz: Size(0.0867, fixed: 105), lz4: Size(0.0927, fixed: 130), zstd: Size(0.037, fixed: 173))
    /// Measured on leaves of its primary key by PostgreSQL 15.18.
    public static let index = ImageCompression(pglz: Size(0.519), lz4: Size(0.564), zstd: Size(0.284))

    /// The size by one method; nil for none.
    func size(_ method: WALCompression) -> Size? {
        switch method {
        case .off: nil
        case .pglz: pglz
        case .lz4: lz4
        case .zstd: zstd
        }
    }
}
