import SimTime
import WaitEvents

/// Several observers of one run, told everything in turn.
public final class RunObserverGroup: RunObserver {
    private let members: [any RunObserver]

    /// A group of these.
    public init(_ members: [any RunObserver]) { self.members = members }

    /// One observer for all of `members`: nil for none, itself for one.
    public static func of(_ members: [any RunObserver]) -> (any RunObserver)? {
        members.count > 1 ? RunObserverGroup(members) : members.first
    }

    public func runBegins(_ facts: RunFacts) { for member in members { member.runBegins(facts) } }
    public func windowBegins(_ now: Instant) { for member in members { member.windowBegins(now) } }
    public func windowEnds(_ now: Instant) { for member in members { member.windowEnds(now) } }

    public func reported(_ event: WaitEvent, by process: Int, _ now: Instant) {
        for member in members { member.reported(event, by: process, now) }
    }

    public func changed(to state: ActivityState, by process: Int, _ now: Instant) {
        for member in members { member.changed(to: state, by: process, now) }
    }

    public func commitDelay(by process: Int, begins: Bool, _ now: Instant) {
        for member in members { member.commitDelay(by: process, begins: begins, now) }
    }

    public func lockAcquired(_ lock: Int, exclusive: Bool, by process: Int, _ now: Instant) {
        for member in members { member.lockAcquired(lock, exclusive: exclusive, by: process, now) }
    }

    public func lockReleased(_ lock: Int, by process: Int, _ now: Instant) {
        for member in members { member.lockReleased(lock, by: process, now) }
    }

    public func lockWait(_ lock: Int, begins: Bool, by process: Int, _ now: Instant) {
        for member in members { member.lockWait(lock, begins: begins, by: process, now) }
    }

    public func recordInserted(by process: Int, _ now: Instant) {
        for member in members { member.recordInserted(by: process, now) }
    }

    public func written(upTo position: UInt64, by process: Int, _ now: Instant) {
        for member in members { member.written(upTo: position, by: process, now) }
    }

    public func flushed(upTo position: UInt64, by process: Int, _ now: Instant) {
        for member in members { member.flushed(upTo: position, by: process, now) }
    }

    public func committed(end: UInt64, by process: Int, _ now: Instant) {
        for member in members { member.committed(end: end, by: process, now) }
    }
}
