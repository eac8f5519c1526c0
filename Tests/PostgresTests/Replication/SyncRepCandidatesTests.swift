import Testing

@testable import Postgres

/// Which standbys count, and what they have confirmed together.
@Suite struct SyncRepCandidatesTests {
    private static func standby(_ slot: Int, _ flush: XLogRecPtr, priority: Int) -> SyncRepStandby {
        SyncRepStandby(
            slot: slot, priority: priority,
            positions: StandbyPositions(write: flush + 50, flush: flush, apply: flush - 50))
    }

    /// s1, s2 and s3 at 900, 700 and 800.
    private static let three = [
        standby(0, 900, priority: 1), standby(1, 700, priority: 2), standby(2, 800, priority: 3),
    ]

    private func confirmed(
        _ standbys: [SyncRepStandby], _ method: SyncRepConfig.Method, _ count: Int, slot: Int = 0
    ) -> XLogRecPtr? {
        var candidates = SyncRepCandidates(standbys)
        let config = SyncRepConfig(method: method, numSync: count, members: ["s1", "s2", "s3"])
        return candidates.SyncRepGetSyncRecPtr(config, slot: slot)?.flush
    }

    @Test(
        "FIRST n gives what all of the n best have", arguments: [(1, 900), (2, 700), (3, 700)] as [(Int, XLogRecPtr)])
    func priority(count: Int, expected: XLogRecPtr) {
        #expect(confirmed(Self.three, .priority, count) == expected)
    }

    @Test("Priority decides who counts, not the order in which the standbys connected")
    func connectedInReverse() {
        let late = [
            Self.standby(0, 800, priority: 3), Self.standby(1, 700, priority: 2), Self.standby(2, 900, priority: 1),
        ]
        #expect(confirmed(late, .priority, 1, slot: 2) == 900)
        #expect(confirmed(late, .priority, 1, slot: 0) == nil)
    }

    @Test("ANY n gives what n of them have", arguments: [(1, 900), (2, 800), (3, 700)] as [(Int, XLogRecPtr)])
    func quorum(count: Int, expected: XLogRecPtr) {
        let equals = Self.three.map { SyncRepStandby(slot: $0.slot, priority: 1, positions: $0.positions) }
        #expect(confirmed(equals, .quorum, count, slot: 1) == expected)
    }

    @Test("A walsender whose standby does not count releases nobody; with ANY every named one does")
    func others() {
        #expect(confirmed(Self.three, .priority, 1, slot: 1) == nil)
        #expect(confirmed(Self.three, .quorum, 1, slot: 1) == 900)
        #expect(confirmed(Self.three, .quorum, 1, slot: 7) == nil)
    }

    @Test("With fewer standbys than must confirm nobody is released")
    func tooFew() {
        #expect(confirmed(Array(Self.three.dropFirst()), .priority, 3, slot: 1) == nil)
        #expect(confirmed([], .quorum, 1) == nil)
    }

    @Test("When the best one goes the next takes its place")
    func successor() {
        let left = Array(Self.three.dropFirst())
        #expect(confirmed(left, .priority, 2, slot: 2) == 700)
    }

    @Test("Equal priorities are ranked by the walsenders' slots")
    func ties() {
        let equals = Self.three.map { SyncRepStandby(slot: $0.slot, priority: 1, positions: $0.positions) }
        #expect(confirmed(equals, .priority, 1, slot: 0) == 900)
        #expect(confirmed(equals, .priority, 1, slot: 2) == nil)
    }

    @Test("Each position is taken on its own")
    func positions() {
        let standbys = [
            SyncRepStandby(slot: 0, priority: 1, positions: StandbyPositions(write: 900, flush: 500, apply: 100)),
            SyncRepStandby(slot: 1, priority: 2, positions: StandbyPositions(write: 700, flush: 600, apply: 300)),
        ]
        var all = SyncRepCandidates(standbys), any = SyncRepCandidates(standbys)
        let first = SyncRepConfig(method: .priority, numSync: 2, members: ["a", "b"])
        let quorum = SyncRepConfig(method: .quorum, numSync: 1, members: ["a", "b"])
        #expect(all.SyncRepGetSyncRecPtr(first, slot: 1) == StandbyPositions(write: 700, flush: 500, apply: 100))
        #expect(any.SyncRepGetSyncRecPtr(quorum, slot: 1) == StandbyPositions(write: 900, flush: 600, apply: 300))
    }
}
