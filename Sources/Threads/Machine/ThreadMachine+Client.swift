import Postgres
import SimTime

/// The client's side of a backend's connection.
extension ThreadMachine {
    /// Between two transactions the client thinks, and leaves once it has run enough or the run is over.
    func receive() -> ClientMessage {
        guard let client else { return .terminate }
        if client.isBetweenTransactions, client.isDone || think(client.think) {
            _ = host.clientsGone.fetchAdd(1)
            return .terminate
        }
        return self.client!.send(now)
    }

    /// Pauses; true if the run is over.
    private func think(_ span: Nanoseconds) -> Bool {
        guard span > .zero else { return host.clientsStop.isSet }
        return asleep { host.clientsStop.wait(timeout: span) }
    }

    func reply() {
        audit.acknowledge(durableUpTo: fsync ? host.device.durableUpTo : nil)
        host.recorder.record { recorder, now in
            if let latency = client?.receiveReply(now) { recorder.transactionCompleted(latency: latency, now) }
        }
    }
}
