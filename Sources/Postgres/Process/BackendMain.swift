import WaitEvents

/// A client's backend (src/backend/tcop/postgres.c).
extension ServerProcess {
    /// Serves the client's messages until it is gone (postgres.c, PostgresMain).
    public func BackendMain() {
        while true {
            machine.report(.clientRead)
            let message = machine.receive()
            machine.report(.none)
            if case .terminate = message { return }
            machine.accrue(.receive)
            execute(message)
            machine.accrue(.reply)
            machine.reply()
        }
    }

    private func execute(_ message: ClientMessage) {
        switch message {
        case .begin:
            machine.accrue(.utility)
        case .commit:
            machine.accrue(.utility)
            endTransactionBlock()
        case .execute(let transaction, let statement, let commits):
            if !isAborted { run(transaction, statement) }
            if commits { endTransactionBlock() }
        case .terminate:
            break
        }
    }

    /// Commits, unless the transaction has failed and is rolled back already (xact.c, EndTransactionBlock).
    private func endTransactionBlock() {
        if isAborted { isAborted = false } else { CommitTransaction() }
    }

    /// Executes one statement: a snapshot, its CPU, its rows, then its records in order.
    private func run(_ transaction: Int, _ index: Int) {
        let statement = server.program.statement(index, of: transaction)
        GetSnapshotData()
        defer { if !server.relations.isEmpty { resetXmin() } }
        if let cpu = statement.cpu {
            machine.accrue(.explicit, Int(cpu.count))
        } else {
            machine.accrue(.execute)
        }
        for index in statement.rows {
            guard update(server.program.rowChoices[index]) else { return }
        }
        for index in statement.records { write(server.program.records[index]) }
        if let access = statement.access { perform(access) }
    }

    /// Makes one row of a table this transaction's; false if the transaction had to abort.
    private func update(_ choice: RowChoice) -> Bool {
        let row = min(Int(machine.random() * Double(choice.count)), choice.count - 1)
        switch lockRow(RowID(table: choice.table, row: row)) {
        case .free: return true
        case .updatedMeanwhile:
            machine.accrue(.evalPlanQual)
            XLogInsert(type: server.typeNumber(.heapLock), length: RecordSize.heapLock)
            return true
        case .deadlock:
            AbortTransaction()
            isAborted = true
            return false
        }
    }

    /// Changes a page and logs it, under the page's content lock if others change that page too
    /// (the order of heapam.c heap_insert and nbtinsert.c _bt_insertonpg).
    private func write(_ record: RecordWrite) {
        // The first execution is due: a sequence logs ahead when it is first used.
        let isDue = server.pages.counters[record.counter].fetchAdd(1) % record.every == 0
        if isDue { assignTransactionIdIfNeeded() }
        guard let page = record.page else {
            change(record, isDue)
            return
        }
        let contentLock = server.pages.contentLocks[page]
        LWLockAcquire(contentLock, .exclusive)
        change(record, isDue)
        LWLockRelease(contentLock)
    }

    private func change(_ record: RecordWrite, _ isDue: Bool) {
        if record.cpu > .zero { machine.accrue(.explicit, Int(record.cpu.count)) }
        if isDue { XLogInsert(type: record.type, length: record.length) }
    }
}
