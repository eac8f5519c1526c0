/// The shared write and flush positions as one process knows them (xlog.c, `XLogwrtResult`).
struct LogwrtResult {
    var write: XLogRecPtr = 0
    var flush: XLogRecPtr = 0
}

/// Reading and publishing the shared write and flush positions (src/backend/access/transam/xlog.c).
extension ServerProcess {
    /// Refreshes this process's copy of the results: atomics from 17 on, under info_lck before
    /// (xlog.c, RefreshXLogWriteResult).
    func refreshLogwrtResult() {
        if server.traits.resultsAreAtomic {
            copyLogwrtResult()
        } else {
            server.xlog.info.withLock(self) { _ in copyLogwrtResult() }
        }
    }

    /// The flush position is read first and written last, so that no reader ever sees it ahead of the other.
    func copyLogwrtResult() {
        logwrtResult.flush = server.xlog.logFlushResult.load()
        logwrtResult.write = server.xlog.logWriteResult.load()
    }

    /// Publishes what XLogWrite achieved and raises the request to it (end of xlog.c, XLogWrite).
    func publishLogwrtResult() {
        let xlog = server.xlog
        let flushBefore = xlog.logFlushResult.load()
        xlog.info.withLock(self) { info in
            if !server.traits.resultsAreAtomic { storeLogwrtResult() }
            info.requestedWrite = max(info.requestedWrite, logwrtResult.write)
        }
        if server.traits.resultsAreAtomic { storeLogwrtResult() }
        if logwrtResult.flush > flushBefore {
            wakeWalSenders = true
            machine.observe(.flushed(upTo: logwrtResult.flush))
        }
    }

    private func storeLogwrtResult() {
        server.xlog.logWriteResult.store(logwrtResult.write)
        server.xlog.logFlushResult.store(logwrtResult.flush)
    }

    /// Asks for everything up to `position` to be written, and refreshes this process's results
    /// (the step after a record that crossed a page, end of xlog.c, XLogInsertRecord).
    func requestWrite(upTo position: XLogRecPtr) {
        server.xlog.info.withLock(self) { info in
            info.requestedWrite = max(info.requestedWrite, position)
            if !server.traits.resultsAreAtomic { copyLogwrtResult() }
        }
        if server.traits.resultsAreAtomic { copyLogwrtResult() }
    }
}
