/// A standby that may count: connected, streaming, named, and with a flush position (syncrep.h, `SyncRepStandbyData`).
struct SyncRepStandby: Equatable {
    /// The slot of its walsender.
    var slot: Int
    var priority: Int
    var positions: StandbyPositions
}

/// Which standbys count, and what they have confirmed together (src/backend/replication/syncrep.c).
struct SyncRepCandidates {
    private var standbys: [SyncRepStandby] = []

    init(_ standbys: [SyncRepStandby] = []) { self.standbys = standbys }

    mutating func removeAll() { standbys.removeAll(keepingCapacity: true) }
    mutating func append(_ standby: SyncRepStandby) { standbys.append(standby) }

    /// What the standbys that count have confirmed; nil if there are too few, or if the walsender in `slot` does not
    /// serve one of them and so has nobody to release (syncrep.c, SyncRepGetSyncRecPtr).
    mutating func SyncRepGetSyncRecPtr(_ config: SyncRepConfig, slot: Int) -> StandbyPositions? {
        keepChosen(config)
        guard standbys.count >= config.numSync, standbys.contains(where: { $0.slot == slot }) else { return nil }
        return config.method == .priority ? oldest() : nthLatest(config.numSync)
    }

    /// The slot of the standby whose reply ends a wait in `mode`: the last of those that must have confirmed; nil if
    /// there are too few.
    mutating func decisive(_ config: SyncRepConfig, _ mode: SyncRepMode) -> Int? {
        keepChosen(config)
        guard standbys.count >= config.numSync else { return nil }
        let foremostFirst = standbys.sorted {
            ($1.positions.position(mode), $0.slot) < ($0.positions.position(mode), $1.slot)
        }
        return foremostFirst[config.numSync - 1].slot
    }

    /// Of a list of priorities only the best count, of a quorum all.
    private mutating func keepChosen(_ config: SyncRepConfig) {
        guard config.method == .priority, standbys.count > config.numSync else { return }
        standbys.sort { ($0.priority, $0.slot) < ($1.priority, $1.slot) }
        standbys.removeLast(standbys.count - config.numSync)
    }

    /// What all of them have (syncrep.c, SyncRepGetOldestSyncRecPtr).
    private func oldest() -> StandbyPositions {
        var result = standbys[0].positions
        for standby in standbys.dropFirst() {
            result.write = min(result.write, standby.positions.write)
            result.flush = min(result.flush, standby.positions.flush)
            result.apply = min(result.apply, standby.positions.apply)
        }
        return result
    }

    /// What n of them have, whichever they are for each position (syncrep.c, SyncRepGetNthLatestSyncRecPtr).
    private func nthLatest(_ n: Int) -> StandbyPositions {
        func nth(_ position: KeyPath<StandbyPositions, XLogRecPtr>) -> XLogRecPtr {
            standbys.map { $0.positions[keyPath: position] }.sorted(by: >)[n - 1]
        }
        return StandbyPositions(write: nth(\.write), flush: nth(\.flush), apply: nth(\.apply))
    }
}
