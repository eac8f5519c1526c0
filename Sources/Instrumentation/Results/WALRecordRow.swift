/// WAL records of one type, as `pg_waldump --stats=record` counts them.
public struct WALRecordRow: Sendable {
    /// Resource manager and record, such as `Heap/INSERT`.
    public var type: String
    /// How many records.
    public var count: UInt64
    /// Record bytes without full-page images.
    public var recordBytes: UInt64
    /// Bytes of full-page images.
    public var fpiBytes: UInt64

    /// Everything spelled out.
    public init(type: String, count: UInt64, recordBytes: UInt64, fpiBytes: UInt64) {
        self.type = type
        self.count = count
        self.recordBytes = recordBytes
        self.fpiBytes = fpiBytes
    }
}
