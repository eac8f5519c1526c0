import DiscreteEvent
import Instrumentation
import Postgres
import SimTime
import Statistics

/// The clients of one server: what each connection sends and when.
final class ClientPopulation {
    let connections: UnsafeMutablePointer<Connection>
    let count: Int
    let specs: [ClientGroupSpec]
    /// The groups, one for each specification.
    let groups: UnsafeMutablePointer<ClientGroup>
    private(set) var isStopping = false
    /// Whether no client may start a transaction for a while.
    private(set) var isPaused = false
    /// How many clients have no transaction left to start: a replayed log has an end.
    private var exhausted = 0
    /// True if no client will ever start a transaction again.
    var isExhausted: Bool { exhausted == count }
    /// Called for each completed transaction that counts.
    var onCompletion: (() -> Void)?

    // The instance owns this and its host: both outlive it, and no reference is counted on the way of each message.
    unowned(unsafe) let instance: Instance
    unowned(unsafe) let host: Host
    private let cpu: Unmanaged<CPU>
    private let recorder: Unmanaged<Recorder>
    private let kernel: Kernel
    private let roundTrip: Distribution
    private var networkStream: RandomStream
    private(set) var threads: [PgbenchThread] = []

    init(_ spec: InstanceSpec, of cluster: ClusterSpec, instance: Instance) {
        self.instance = instance
        host = instance.host
        cpu = .passUnretained(host.cpu)
        recorder = .passUnretained(host.recorder)
        kernel = host.kernel
        specs = spec.clients
        count = spec.backends
        connections = .allocate(capacity: count)
        groups = .allocate(capacity: specs.count)
        roundTrip = cluster.hosts[spec.host].roundTrip
        networkStream = RandomStream(seed: cluster.seed, name: spec.streams + "client network")
        for (number, group) in specs.enumerated() {
            (groups + number).initialize(
                to: ClientGroup(
                    group, streams: spec.streams, transaction: cluster.transactions[group.transaction],
                    start: .zero + cluster.warmup, seed: cluster.seed))
        }
        makeConnections()
    }

    deinit {
        connections.deallocate()
        for number in specs.indices { groups[number].deallocate() }
        groups.deinitialize(count: specs.count)
        groups.deallocate()
    }

    private func makeConnections() {
        var number = 0
        for (groupNumber, group) in specs.enumerated() {
            let firstThread = threads.count
            if group.place == .server {
                for index in 0..<min(group.threads, group.count) {
                    let name = "\(group.name) thread \(index)"
                    threads.append(PgbenchThread(name: name, number: threads.count, group: groupNumber, of: self))
                }
            }
            for index in 0..<group.count {
                let thread = group.place == .server ? firstThread + index % min(group.threads, group.count) : -1
                (connections + number).initialize(to: Connection(group: groupNumber, thread: thread))
                if thread >= 0 { threads[thread].connections.append(number) }
                number += 1
            }
        }
    }

    // MARK: The backend's side

    /// Sleeps until the client of a backend has sent its next message.
    func receive(process: Int) -> ClientMessage {
        let connection = connections + process
        guard connection.pointee.isLocal else { return receiveFromElsewhere(process, connection) }
        if connection.pointee.inbox == nil {
            connection.pointee.backendWaits = true
            cpu._withUnsafeGuaranteedRef { $0.block(instance.cpuNumber(process), as: .waiting) }
        }
        let message = connection.pointee.inbox!
        connection.pointee.inbox = nil
        return message
    }

    /// The reply of a backend goes to its client.
    func reply(process: Int) {
        let connection = connections + process
        guard connection.pointee.isLocal else {
            connection.pointee.repliedAt = kernel.now
            return
        }
        connection.pointee.hasReply = true
        threads[connection.pointee.thread].replyArrived(from: instance.cpuNumber(process))
    }

    /// A client elsewhere lives in its backend's process while that waits: the reply's way, what it then does, and the
    /// next message's way.
    private func receiveFromElsewhere(
        _ process: Int, _ connection: UnsafeMutablePointer<Connection>
    ) -> ClientMessage {
        cpu._withUnsafeGuaranteedRef { $0.releaseCore(instance.cpuNumber(process), as: .waiting) }
        let message = nextMessage(connection)
        if message != nil { kernel.hold(halfRoundTrip()) }
        cpu._withUnsafeGuaranteedRef { $0.acquireCore(instance.cpuNumber(process)) }
        return message ?? .terminate
    }

    /// What a client elsewhere sends next, once the reply is there and it is time; nil when the run is over.
    private func nextMessage(_ connection: UnsafeMutablePointer<Connection>) -> ClientMessage? {
        if let repliedAt = connection.pointee.repliedAt {
            connection.pointee.repliedAt = nil
            kernel.hold(until: max(repliedAt + halfRoundTrip(), kernel.now))
            if connection.pointee.step == 0 { completed(connection) }
        }
        if connection.pointee.step == 0 { waitForStart(connection) }
        // A transaction that has begun is carried through even when the run is over.
        if isStopping && connection.pointee.step == 0 { return nil }
        return groups[connection.pointee.group].nextMessage(connection)
    }

    private func waitForStart(_ connection: UnsafeMutablePointer<Connection>) {
        if isStopping { return }
        connection.pointee.backendWaits = true
        if isPaused { hold(connection) }
        if let start = nextStart(group: connection.pointee.group) {
            connection.pointee.began = start
            if start > kernel.now { kernel.hold(until: start) }
            if isPaused { hold(connection) }
        } else {
            kernel.suspend()
        }
        connection.pointee.backendWaits = false
    }

    /// Sleeps until a pause is over.
    private func hold(_ connection: UnsafeMutablePointer<Connection>) {
        connection.pointee.state = .held(isScheduled: false)
        while isPaused && !isStopping { kernel.suspend() }
        connection.pointee.state = .choosing
    }

    private func halfRoundTrip() -> Nanoseconds { roundTrip.sample(from: &networkStream) / 2 }

    // MARK: The client's side

    /// When a client of a group that has nothing to do starts its next transaction; nil if never.
    func nextStart(group: Int) -> Instant? {
        let start = groups[group].nextStart(now: kernel.now)
        if start == nil { exhausted += 1 }
        return start
    }

    /// A client has the last reply of its transaction.
    func completed(_ connection: UnsafeMutablePointer<Connection>) {
        let now = kernel.now
        recorder._withUnsafeGuaranteedRef { $0.transactionCompleted(latency: now - connection.pointee.began, now) }
        onCompletion?()
    }

    /// No transaction begins any more until `resume`; those under way go on.
    func pause() { isPaused = true }

    /// Whether no client is in a transaction.
    var isAtRest: Bool {
        (0..<count).allSatisfy { number in
            guard connections[number].isLocal else { return connections[number].backendWaits }
            if case .awaitingResult = connections[number].state { return false }
            return true
        }
    }

    /// Ends a pause: who could have started a transaction meanwhile does so now.
    func resume() {
        isPaused = false
        for number in 0..<count where !connections[number].isLocal {
            guard case .held = connections[number].state else { continue }
            wakeBackend(number)
        }
        for thread in threads { thread.pauseIsOver() }
    }

    /// Wakes a backend whose client, elsewhere, sleeps between two transactions.
    private func wakeBackend(_ number: Int) {
        let process = Int(instance.cpuNumber(number))
        kernel.wake(host.cpu.processes[process].kernelID, at: kernel.now)
    }

    /// Ends the run: no transaction begins any more, and clients that wait for their next one go.
    func stop() {
        isStopping = true
        for number in 0..<count where !connections[number].isLocal && connections[number].backendWaits {
            wakeBackend(number)
        }
        for thread in threads { thread.stop() }
    }
}
