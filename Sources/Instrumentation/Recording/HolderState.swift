import WaitEvents

/// What a lock's holder does while others wait, as a number: an index into a table of times.
struct HolderState {
    /// An event's raw value, or one of the numbers behind them.
    let index: Int

    static func event(_ event: WaitEvent) -> HolderState { HolderState(index: Int(event.rawValue)) }
    static var commitDelay: HolderState { HolderState(index: WaitEvent.count) }
    static var ready: HolderState { HolderState(index: WaitEvent.count + 1) }
    static var cpu: HolderState { HolderState(index: WaitEvent.count + 2) }
    static var noHolder: HolderState { HolderState(index: WaitEvent.count + 3) }
    /// How many there are: the size of such a table.
    static var count: Int { WaitEvent.count + 4 }

    /// What it is called in results.
    func activity(in release: PostgresRelease) -> HolderActivity {
        switch index {
        case Self.commitDelay.index: return .commitDelay
        case Self.ready.index: return .ready
        case Self.cpu.index: return .cpu
        case Self.noHolder.index: return .noHolder
        case Int(WaitEvent.lwLockWALInsert.rawValue): return .waitingForInsertions
        default:
            let event = WaitEvent(rawValue: UInt8(index))!
            // Release 9.6 has no names for most of what a holder may sleep in; the reader wants to know all the same.
            let name = event.name(in: release == .v96 ? .v15 : release)
            return name.map(HolderActivity.event) ?? .asleepWithoutEvent
        }
    }
}
