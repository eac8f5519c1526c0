import Instrumentation

/// Which processes wait for which standbys, and whose doings matter to them.
struct StandbyWaits {
    private var standbys: [StandbyFacts] = []
    private var awaited: (Int) -> AwaitedStandby? = { _ in nil }
    /// What each process waits for, as long as it does.
    private var blockers: [Int: AwaitedStandby] = [:]
    /// Walsenders and processes of standbys.
    private var helpers: Set<Int> = []
    /// What these are called: there may be several of a kind.
    private(set) var names: [Int: String] = [:]

    init() {}

    init(_ facts: RunFacts) {
        standbys = facts.standbys
        awaited = facts.awaitedStandby
        for standby in standbys {
            for process in [standby.walSender, standby.walReceiver, standby.startup] {
                helpers.insert(process)
                names[process] = "\(facts.processes[process].name) \(standby.name)"
            }
        }
    }

    /// Those whose chains change with what a process does, in a fixed order.
    func waiters(on process: Int) -> [Int] { helpers.contains(process) ? blockers.keys.sorted() : [] }

    /// A process begins to wait in IPC:SyncRep, or goes on to.
    mutating func look(at process: Int) { blockers[process] = awaited(process) }

    mutating func ended(_ process: Int) { blockers[process] = nil }

    func isWaiting(_ process: Int) -> Bool { blockers[process] != nil }

    /// The processes that a waiter waits for, each for the next if it is idle itself; nil: too few standbys are
    /// connected.
    func helpers(of process: Int) -> [Int]? {
        guard case .standby(let index, let apply) = blockers[process] else { return nil }
        let standby = standbys[index]
        return [standby.walSender, standby.walReceiver] + (apply ? [standby.startup] : [])
    }
}
