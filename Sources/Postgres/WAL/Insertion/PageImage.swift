/// A full-page image as a record carries it (xloginsert.c, XLogRecordAssemble and XLogCompressBackupBlock).
struct PageImage: Equatable {
    /// Bytes of the page itself (`bimg_len`).
    let bytes: Int
    /// Bytes of the image's header.
    let header: Int

    /// - Parameters:
    ///   - length: the page's bytes without its hole.
    ///   - compression: what compressing makes of it; nil: it is not compressed.
    init(length: Int, compression: ImageCompression.Size?) {
        let compressed = compression?.bytes(of: length) ?? length
        let hole = length < Int(WALFormat.pageSize) ? RecordSize.compressedHole : 0
        // What compression does not make smaller is stored as it is.
        let isSmaller = compressed + hole < length
        bytes = isSmaller ? compressed : length
        header = RecordSize.imageHeader + (isSmaller ? hole : 0)
    }
}
