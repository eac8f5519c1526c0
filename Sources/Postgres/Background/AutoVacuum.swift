import SimTime

/// Autovacuum (src/backend/postmaster/autovacuum.c): the launcher, and the worker that it would start each time.
extension ServerProcess {
    /// Looks every `autovacuum_naptime` which tables have collected enough old versions, and vacuums them one after the
    /// other, until the server stops (autovacuum.c, AutoVacLauncherMain and do_autovacuum). Naps are counted from the
    /// start of one round to the start of the next.
    public func AutoVacuumMain() {
        var due = machine.now + autovacuumNap
        while true {
            machine.resetLatch()
            if machine.shutdownRequested { return }
            guard machine.now >= due else {
                machine.report(.activityAutoVacuumMain)
                _ = machine.waitLatch(timeout: due - machine.now)
                machine.report(.none)
                continue
            }
            due += autovacuumNap
            for table in server.relations.tables where relation_needs_vacanalyze(table) { lazy_vacuum(table) }
            due = max(due, machine.now)
        }
    }

    private var autovacuumNap: Nanoseconds { .seconds(Int64(server.settings.autovacuumNaptime)) }

    /// Whether a table has more old versions than it may; statistics reach the worker at once here
    /// (autovacuum.c, relation_needs_vacanalyze).
    private func relation_needs_vacanalyze(_ table: HeapTable) -> Bool {
        let settings = server.settings
        let most =
            Double(settings.autovacuumVacuumThreshold)
            + settings.autovacuumVacuumScaleFactor * Double(table.layout.rows)
        return Double(table.deadVersions) > most
    }
}
