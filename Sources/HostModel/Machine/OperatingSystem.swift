import SimTime

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
    init(_ spec: HostSpec, cpu: CPU) {
        costs = FlatCosts(spec.costs)
        allowed = nil
        eventSetMutex = spec.eventSetMutex.map { [costs] in KernelMutex($0, cpu: cpu, costs: costs) }
    }

    /// A guest's: the same once more, and everything takes longer but transfers between nodes, which are the
    /// hardware's.
    init(_ guest: GuestSpec, of spec: HostSpec, cpu: CPU, coreSets: [CoreSet]) {
        let factor = 1 + guest.overhead
        costs = FlatCosts(spec.costs, factor: factor)
        allowed = guest.coreSet.map { coreSets[$0] }
        eventSetMutex = spec.eventSetMutex.map { [costs] mutex in
            var slower = mutex
            slower.hold = Nanoseconds(rounding: Double(mutex.hold.count) * factor)
            return KernelMutex(slower, cpu: cpu, costs: costs)
        }
    }

    deinit { costs.deallocate() }
}
