import Postgres

/// The connection between a walsender and its standby's walreceiver, which may be closed and opened again.
final class ReplicationLink {
    /// The standby's application_name.
    let name: String
    let sender: LinkEnd
    let receiver: LinkEnd
    private(set) var isOpen = false
    /// Whether the walsender's process is free to serve a new connection.
    private var senderIsFree = false

    init(_ standby: StandbySpec, primary: Instance, slot: Int, standby instance: Instance, seed: UInt64) {
        name = standby.name
        let streams = "\(primary.name.isEmpty ? "" : primary.name + " ")standby \(standby.name)"
        sender = LinkEnd(
            primary, primary.server.processes.walSenderNumbers.lowerBound + slot, network: standby.network,
            name: "\(streams) replies", seed: seed)
        receiver = LinkEnd(
            instance, instance.server.processes.walReceiver, network: standby.network, name: "\(streams) wal",
            seed: seed)
        sender.connect(to: receiver)
        receiver.connect(to: sender)
    }

    // MARK: The walsender's process

    /// Waits, as no process of the server, for a standby to connect; false once the server stops.
    func awaitConnection() -> Bool {
        senderIsFree = true
        _ = receiver.instance.wakeAbsent(receiver.number)
        while !isOpen {
            if sender.instance.shutdownRequested { return false }
            sender.instance.beAbsent(sender.number)
        }
        senderIsFree = false
        return true
    }

    // MARK: The walreceiver's process

    /// Opens the connection; false if the standby stops before its walsender is free.
    func connect() -> Bool {
        while !senderIsFree {
            if receiver.instance.shutdownRequested { return false }
            receiver.instance.beAbsent(receiver.number)
        }
        guard !sender.instance.shutdownRequested else { return false }
        sender.clear()
        receiver.clear()
        isOpen = true
        _ = sender.instance.wakeAbsent(sender.number)
        return true
    }

    // MARK: Both

    /// Sends to the other end; true if its process was woken at once.
    func send(_ message: ReplicationMessage, from end: LinkEnd) -> Bool {
        guard isOpen else { return false }
        if case .closed = message { isOpen = false }
        return end.peer.accept(message)
    }

    /// The standby is gone: what it has sent still arrives, and then the end of the connection.
    func drop() {
        _ = send(.closed, from: receiver)
        receiver.clear()
    }
}
