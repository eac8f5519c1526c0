import Testing

@testable import Postgres

/// Conversions between usable byte positions and positions in the WAL (xlog.c).
@Suite struct LSNTests {
    private let geometry = WALGeometry(segmentSize: 16 << 20)

    @Test(
        "A usable byte position converts to a start and an end in the WAL",
        arguments: [
            (0, "0/28", "0/0"), (8, "0/30", "0/30"), (8151, "0/1FFF", "0/1FFF"), (8152, "0/2018", "0/2000"),
            (8160, "0/2020", "0/2020"), (16_319, "0/3FFF", "0/3FFF"), (16_320, "0/4018", "0/4000"),
            (16_321, "0/4019", "0/4019"), (16_728_047, "0/FFFFFF", "0/FFFFFF"),
            (16_728_048, "0/1000028", "0/1000000"), (16_736_200, "0/1002018", "0/1002000"),
            (5_023_414_400, "1/2C4C84C8", "1/2C4C84C8"),
        ] as [(UInt64, String, String)])
    func vectors(bytePos: UInt64, start: String, end: String) {
        #expect(formatLSN(geometry.XLogBytePosToRecPtr(bytePos)) == start)
        #expect(formatLSN(geometry.XLogBytePosToEndRecPtr(bytePos)) == end)
    }

    @Test("A segment of 16 MiB has 16,728,048 usable bytes")
    func usableBytes() {
        #expect(geometry.usableBytesInSegment == 16_728_048)
    }

    @Test("A 144-byte record that PostgreSQL put at 0/158FFD8 ended at 0/1590080, behind a page header")
    func measuredInsert() {
        let start: UInt64 = 0x158FFD8
        let end = geometry.XLogRecPtrToBytePos(start) + WALFormat.aligned(144)
        #expect(formatLSN(geometry.XLogBytePosToEndRecPtr(end)) == "0/1590080")
        #expect(formatLSN(geometry.XLogBytePosToRecPtr(end)) == "0/1590080")
    }

    @Test(
        "A commit that filled its page ended at the next page's start, and the next record began behind that header"
    )
    func measuredCommit() {
        let end = geometry.XLogRecPtrToBytePos(0x1597FD8) + WALFormat.aligned(34)
        #expect(formatLSN(geometry.XLogBytePosToEndRecPtr(end)) == "0/1598000")
        #expect(formatLSN(geometry.XLogBytePosToRecPtr(end)) == "0/1598018")
    }

    @Test(
        "Positions survive the way there and back, whatever the segment size",
        arguments: [1, 2, 16, 64, 1024] as [UInt64])
    func roundTrip(mebibytes: UInt64) {
        let geometry = WALGeometry(segmentSize: mebibytes << 20)
        var state = mebibytes
        for round in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Random positions, and positions around the ends of pages and segments.
            let page = state >> 40
            let near = geometry.usableBytesInSegment * (page % 7) + 8152 + 8168 * (page % 300) + UInt64(round % 5)
            let bytePos = round.isMultiple(of: 2) ? state >> 20 : near - 2
            let start = geometry.XLogBytePosToRecPtr(bytePos)
            let end = geometry.XLogBytePosToEndRecPtr(bytePos)
            #expect(geometry.XLogRecPtrToBytePos(start) == bytePos)
            #expect(geometry.XLogRecPtrToBytePos(end) == bytePos)
            let isAtPageStart = end % WALFormat.pageSize == 0
            let header: UInt64 = end % geometry.segmentSize == 0 ? 40 : 24
            #expect(start - end == (isAtPageStart ? header : 0))
        }
    }

    @Test("A page's header is long on the first page of a segment and short on all others")
    func headers() {
        #expect(geometry.headerSize(0) == 40)
        #expect(geometry.headerSize(8192) == 24)
        #expect(geometry.headerSize(16 << 20) == 40)
        #expect(geometry.headerSize((16 << 20) + 8192) == 24)
    }

    @Test("An end at a segment's boundary belongs to the segment before it")
    func segmentEnds() {
        #expect(geometry.segmentEnding(at: 16 << 20) == 0)
        #expect(geometry.segmentEnding(at: (16 << 20) + 1) == 1)
    }
}
