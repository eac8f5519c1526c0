/// The cores that a process may run on (`cpuset`), in raw memory that outlives every process.
struct CoreSet {
    private let cores: UnsafeMutablePointer<Int32>
    let count: Int

    /// - Parameter numbers: at least one core, each once.
    init(_ numbers: [Int]) {
        precondition(!numbers.isEmpty)
        count = numbers.count
        cores = .allocate(capacity: count)
        for (index, number) in numbers.enumerated() { (cores + index).initialize(to: Int32(number)) }
    }

    func deallocate() { cores.deallocate() }

    subscript(index: Int) -> Int { Int(cores[index]) }

    func contains(_ number: Int) -> Bool {
        for index in 0..<count where self[index] == number { return true }
        return false
    }
}

extension CPU {
    /// The core for a process that wakes and may not run anywhere: its last one if that idles, else the next idle one
    /// of its set, else its last one.
    func place(_ process: Int32, within set: CoreSet) -> UnsafeMutablePointer<Core> {
        let last = processes[Int(process)].core
        if last.pointee.running == nil { return last }
        // Each process begins at another place, so that not all of them look for the same core.
        var index = Int(process) % set.count
        for _ in 0..<set.count {
            let candidate = cores + set[index]
            if candidate.pointee.running == nil { return candidate }
            index = index + 1 == set.count ? 0 : index + 1
        }
        return last
    }
}
