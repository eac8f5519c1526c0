@testable import Postgres

extension ServerProcess {
    /// Inserts a record of `length` bytes and returns its end.
    @discardableResult
    func insert(_ length: Int = 104) -> XLogRecPtr { XLogInsert(type: 1, length: length) }

    /// A transaction of one record.
    func commitOne(_ length: Int = 104) {
        assignTransactionIdIfNeeded()
        insert(length)
        CommitTransaction()
    }
}

extension Script {
    typealias Lock = LWLock<ScriptedMachine>

    var walWriteLock: Lock { server.xlog.walWriteLock }
    /// Where the server's WAL begins.
    var walStart: XLogRecPtr { server.xlog.start }

    /// Inserts a record that fills the WAL up to `position`, a start.
    func fill(upTo position: XLogRecPtr, by name: String) {
        let geometry = server.xlog.geometry
        begin(name, "fill") { process in
            let head = geometry.XLogRecPtrToBytePos(self.server.xlog.insertHead)
            process.insert(Int(geometry.XLogRecPtrToBytePos(position) - head))
        }
    }
}
