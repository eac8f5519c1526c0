import SimTime
import Statistics

/// What a kernel such as Linux adds to a machine: its own mutexes, and what work costs on it. One belongs to the bare
/// machine, and one to each guest.
///
/// Servers on one of them share its mutexes; those in different guests share nothing but the cores.
final class OperatingSystem {
    let costs: FlatCosts
    /// The mutex that changes of epoll sets take; nil: a kernel that has none.
    let eventSetMutex: KernelMutex?
    /// The cores that a guest's virtual CPUs run on; nil: all.
    let allowed: CoreSet?

    /// The bare machine's.
    /// - Parameter streams: what the names of its random streams begin with.
    init(_ spec: HostSpec, streams: String, cpu: CPU, seed: UInt64) {
        costs = FlatCosts(spec.costs)
        allowed = nil
        eventSetMutex = spec.eventSetMutex.map { [costs] in
            let stream = RandomStream(seed: seed, name: streams + "event set mutex")
            return KernelMutex($0, cpu: cpu, costs: costs, stream: stream)
        }
    }

    /// A guest's: the same once more, and everything takes longer but transfers between nodes, which are the
    /// hardware's.
    init(_ guest: GuestSpec, of spec: HostSpec, streams: String, cpu: CPU, coreSets: [CoreSet], seed: UInt64) {
        let factor = 1 + guest.overhead
        costs = FlatCosts(spec.costs, factor: factor)
        allowed = guest.coreSet.map { coreSets[$0] }
        eventSetMutex = spec.eventSetMutex.map { [costs] mutex in
            var slower = mutex
            slower.hold = Nanoseconds(rounding: Double(mutex.hold.count) * factor)
            let stream = RandomStream(seed: seed, name: "\(streams)\(guest.name) event set mutex")
            return KernelMutex(slower, cpu: cpu, costs: costs, stream: stream)
        }
    }

    deinit { costs.deallocate() }
}
