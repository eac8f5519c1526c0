/// The published tables of WAL volume: PostgreSQL 9.6, pgbench at scale 1000.
enum PublishedVolume {
    /// What the first table is called among rows.
    static let b1Row = "64 clients, first 10 s"
    /// The first 10 s after a checkpoint, by type of record: count, record bytes, bytes of images.
    static let b1: [(type: String, count: Double, recordBytes: Double, imageBytes: Double)] = [
        ("Transaction/COMMIT", 123_535, 4_200_190, 0), ("Heap/INSERT", 122_781, 9_694_899, 1_150_064),
        ("Heap/INSERT+INIT", 754, 59_566, 0), ("Heap/UPDATE", 220_143, 29_172_042, 1_110_312),
        ("Heap/UPDATE+INIT", 3_293, 455_778, 0), ("Heap/HOT_UPDATE", 147_169, 10_591_360, 275_568),
        ("Heap/LOCK", 228_031, 12_917_849, 975_914_004), ("Btree/INSERT_LEAF", 223_003, 13_080_672, 800_409_940),
        ("Btree/SPLIT_L", 218, 775_610, 0), ("Btree/SPLIT_R", 216, 765_118, 0),
        ("XLOG/FPI_FOR_HINT", 650, 31_850, 5_262_532),
    ]
    /// Types of which only counts were published.
    static let b1Counts: [(type: String, count: Double)] = [
        ("Btree/INSERT_UPPER", 433), ("Standby/RUNNING_XACTS", 2),
    ]
    /// One for each 32,768 transactions: one more or less only says where among them the count began.
    static let b1CLOGPages = 4.0
    /// All of it.
    static let b1Bytes = 1_865_984_634.0
    static let b1ImageBytes = 1_784_208_256.0

    /// Three of ten runs of 100,000 transactions after one checkpoint.
    static let b2: [(run: Int, bytes: Double, lockImages: Double, leafImages: Double, locks: Double, leaves: Double)] =
        [
            (1, 1_502_006_526, 778_259_316, 642_548_940, 172_576, 165_561),
            (5, 827_996_387, 608_647_740, 144_491_940, 164_776, 157_807),
            (10, 547_726_196, 449_049_828, 23_338_600, 183_501, 176_343),
        ]

    /// A million transactions: bytes, and the share of updates that are HOT.
    static let b3: [(scenario: String, bytes: Double, hotShare: Double)] = [
        ("wal-volume-b3-fillfactor-100", 8_914_890_641, 0.44), ("wal-volume-b3-fillfactor-90", 6_413_034_966, 0.81),
        ("wal-volume-b3-compressed", 1_063_185_497, 0.78),
    ]
}
