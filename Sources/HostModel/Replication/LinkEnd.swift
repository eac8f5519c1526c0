import DiscreteEvent
import Postgres
import SimTime
import Statistics

/// One end of a replication connection: what is on its way to the process there, and how that sleeps.
///
/// Messages arrive in the order of their sending. Between machines each takes half a round trip besides the time that
/// its bytes take; on one machine it is there at once.
final class LinkEnd {
    /// What a socket takes before its writer must wait: Linux's default for a Unix socket, and for TCP grown to its
    /// default limit.
    private static let localCapacity = 212_992
    private static let remoteCapacity = 4 << 20

    unowned(unsafe) let instance: Instance
    let number: ProcNumber
    unowned(unsafe) private(set) var peer: LinkEnd!
    private let network: NetworkSpec?
    private var stream: RandomStream
    private var arrivals: ProcessID!
    private var alarm: ProcessID!

    /// What has arrived, and what has not.
    private var inbox = MessageQueue<ReplicationMessage>()
    private var underWay = MessageQueue<(at: Instant, message: ReplicationMessage)>()
    /// When the wire to this end is free again, and when the last message arrives.
    private var wireFree = Instant.zero
    private var lastArrival = Instant.zero
    /// Bytes sent to this end that its process has not read.
    private var unread = 0
    /// Whether the process sleeps on latch and socket, and until when at most.
    private var isAsleep = false
    private var deadline = Instant.zero
    /// When the next alarm is due that is scheduled.
    private var nextAlarm: Instant?

    private var kernel: Kernel { instance.host.kernel }

    init(_ instance: Instance, _ number: ProcNumber, network: NetworkSpec?, name: String, seed: UInt64) {
        self.instance = instance
        self.number = number
        self.network = network
        stream = RandomStream(seed: seed, name: "\(name) network")
        let simulation = instance.host.simulation
        arrivals = simulation.addHandler("\(name) arrivals") { [unowned self] in arrive() }
        alarm = simulation.addHandler("\(name) alarm") { [unowned self] in alarmRings() }
    }

    func connect(to peer: LinkEnd) { self.peer = peer }

    /// Forgets all that is left of a connection. The next one's messages need not stand behind what it had sent.
    func clear() {
        inbox.removeAll()
        underWay.removeAll()
        unread = 0
        wireFree = .zero
        lastArrival = .zero
    }

    // MARK: Messages

    /// Takes a message for this end; true if its process slept and is woken at once.
    func accept(_ message: ReplicationMessage) -> Bool {
        unread += message.length
        guard let network else {
            inbox.append(message)
            return wake()
        }
        let seconds = network.bandwidth.map { Double(message.length) / $0 } ?? 0
        wireFree = max(wireFree, kernel.now) + Nanoseconds(rounding: seconds * 1e9)
        lastArrival = max(lastArrival, wireFree + network.roundTrip.sample(from: &stream) / 2)
        underWay.append((lastArrival, message))
        kernel.schedule(arrivals, at: lastArrival)
        return false
    }

    private func arrive() {
        guard let next = underWay.first, next.at <= kernel.now else { return }
        while let next = underWay.first, next.at <= kernel.now {
            inbox.append(next.message)
            _ = underWay.popFirst()
        }
        _ = wake()
    }

    /// The next message that has arrived.
    func take() -> ReplicationMessage? {
        guard let message = inbox.popFirst() else { return nil }
        let wasFull = isFull
        unread -= message.length
        if wasFull && !isFull { _ = peer.wake() }
        return message
    }

    /// Whether whoever sends to this end must wait.
    var isFull: Bool { unread > (network == nil ? Self.localCapacity : Self.remoteCapacity) }

    var hasMessage: Bool { !inbox.isEmpty }

    // MARK: Sleeping

    /// Notes that the process goes to sleep until a message or its latch wakes it, at most for `timeout`.
    ///
    /// One alarm at a time is scheduled, for the earliest time that any sleep asked for: sleeps are short and timeouts
    /// long, so that an alarm for each would pile up.
    func fallAsleep(timeout: Nanoseconds) {
        isAsleep = true
        deadline = kernel.now + timeout
        if nextAlarm.map({ $0 > deadline }) ?? true { setAlarm(deadline) }
    }

    func wokeUp() { isAsleep = false }

    private func setAlarm(_ instant: Instant) {
        nextAlarm = instant
        kernel.schedule(alarm, at: instant)
    }

    private func alarmRings() {
        guard let due = nextAlarm, due <= kernel.now else { return }
        nextAlarm = nil
        guard isAsleep else { return }
        if deadline <= kernel.now { _ = wake() } else { setAlarm(deadline) }
    }

    /// Wakes the process if it sleeps on its socket; true if it did.
    @discardableResult
    private func wake() -> Bool {
        guard isAsleep else { return false }
        isAsleep = false
        return instance.wakeFromLatch(number)
    }
}
