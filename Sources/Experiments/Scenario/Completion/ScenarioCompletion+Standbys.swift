import Postgres

extension ScenarioCompletion {
    /// A standby's device is as the server's where nothing else is said. Without standbys there is nothing to hash.
    static func completeStandbys(_ root: inout JSONNode) {
        guard let standbys = root["standbys"]?.elements, !standbys.isEmpty else {
            root["standbys"] = nil
            return
        }
        let server = root.child("host").child("storage").child("wal")
        root["standbys"] = .array(
            standbys.map { standby in
                var standby = standby
                var storage = standby.child("storage")
                var device = storage.child("wal")
                if device["sync"] == nil { device["sync"] = server.child("sync").placed(.builtIn) }
                if device["write"] == nil { device["write"] = device.child("sync").placed(.builtIn) }
                storage["wal"] = device
                standby["storage"] = storage
                return standby
            })
    }
}
