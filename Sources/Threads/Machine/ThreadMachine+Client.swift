import Postgres
import SimTime

/// The client's side of a backend's connection.
extension ThreadMachine {
    /// Between two transactions the client thinks, and leaves once the run is over.
    func receive() -> ClientMessage {
        guard client != nil else { return .terminate }
        if client!.isBetweenTransactions {
            let isOver = asleep { host.clientsStop.wait(timeout: client!.think) }
            if isOver { return .terminate }
        }
        return client!.send(now)
    }

    func reply() {
        audit.acknowledge(durableUpTo: fsync ? host.device.durableUpTo : nil)
        host.recorder.record { recorder, now in
            if let latency = client?.receiveReply(now) { recorder.transactionCompleted(latency: latency, now) }
        }
    }
}
