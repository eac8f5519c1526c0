import Postgres
import SimTime

/// A replication connection's end as the process at it sees it.
extension SimulatedMachine: ReplicatingMachine {
    public func send(_ message: ReplicationMessage) {
        settle()
        let (link, end) = instance.replicationEnd(of: Int(number))
        let woke = link.send(message, from: end)
        spend(woke ? .wake : .wakeRunning, 0)
    }

    public func receiveMessage() -> ReplicationMessage? {
        settle()
        return instance.replicationEnd(of: Int(number)).end.take()
    }

    public var outputIsPending: Bool { instance.replicationEnd(of: Int(number)).end.peer.isFull }

    public func waitLatchOrSocket(timeout: Nanoseconds) -> Bool {
        settle()
        let end = instance.replicationEnd(of: Int(number)).end
        if process.pointee.latchIsSet || end.hasMessage { return process.pointee.latchIsSet }
        spend(.sleep, 0)
        if process.pointee.latchIsSet || end.hasMessage { return process.pointee.latchIsSet }
        process.pointee.waitsOnLatch = true
        end.fallAsleep(timeout: timeout)
        host.cpu.block(cpuNumber, as: .waiting)
        process.pointee.waitsOnLatch = false
        end.wokeUp()
        return process.pointee.latchIsSet
    }

    public func writeReceivedWAL(from start: XLogRecPtr, to end: XLogRecPtr, durable: Bool) {
        if durable { awaitDevice(instance.storage.wal.write(at: now, bytes: end - start)) }
        instance.durability.wrote(upTo: end, durably: durable)
    }

    public func recoveryConflict() -> Nanoseconds { instance.recoveryConflict(at: now) }
}
