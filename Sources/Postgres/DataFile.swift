/// Numbers of the files that hold data, as the machine knows them.
public enum DataFile {
    /// Bytes of a page (pg_config.h, BLCKSZ).
    public static var blockSize: UInt64 { UInt64(PageLayout.size) }
    /// pg_control.
    public static let control = 0
    /// The first relation's file; others follow.
    public static let firstRelation = 1
}
