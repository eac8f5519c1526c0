import Testing

@testable import Experiments

@Suite struct CanonicalScenarioTests {
    private func hash(_ sets: String..., files: [String: String] = [:]) throws -> String {
        try load(minimalScenario, sets: sets, files: files).canonicalHash
    }

    @Test("The hash has 16 hexadecimal digits and depends on nothing but the scenario")
    func stable() throws {
        let hash = try hash()
        #expect(hash.count == 16 && hash.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(try self.hash() == hash)
        // The order of keys says nothing.
        let a = try load(#"{"clients": {"count": 8, "load": "closed"}, "host": {"cores": 4}}"#).canonicalHash
        let b = try load(#"{"host": {"cores": 4}, "clients": {"load": "closed", "count": 8}}"#).canonicalHash
        #expect(a == b)
    }

    @Test("FNV-1a has its published test vectors")
    func vectors() {
        #expect(FNV1a.hash(of: "") == 0xcbf2_9ce4_8422_2325)
        #expect(FNV1a.hash(of: "a") == 0xaf63_dc4c_8601_ec8c)
        #expect(FNV1a.hash(of: "foobar") == 0x8594_4171_f739_67e8)
    }

    @Test(
        "Name, description, seed, repeats, observe and thresholds are left out",
        arguments: [
            "name=x", "description=x", "seed=5", "repeats=2", "observe.sample_interval=1ms",
            #"thresholds={"tps":"> 5"}"#, "$schema=x",
        ])
    func leftOut(_ set: String) throws {
        #expect(try hash(set) == hash())
    }

    @Test(
        "What is simulated is in it",
        arguments: [
            "duration=20s", "warmup=1s", "server.version=15", "server.settings.commit_delay=5", "host.cores=4",
            "host.storage.wal.sync=2ms", "host.storage.wal.write=2ms", "host.costs.execute=1us", "clients.count=9",
            "clients.load.open.rate=5", "clients.transaction=insert10", #"phases=[{"name":"a"}]"#,
            "transactions.insert.statements.0.records.1.length=120", "host.cpu.jitter=0.5",
            #"events=[{"at":"1s","do":"set","settings":{"commit_delay":5}}]"#,
        ])
    func included(_ set: String) throws {
        #expect(try hash(set) != hash())
    }

    @Test(
        "Two ways of writing the same have the same hash",
        arguments: [
            ("duration=30s", "duration=0.5min"), ("duration=30s", "name=unchanged"),
            ("host.storage.wal.sync=2ms", #"host.storage.wal.sync={"constant":"2000us"}"#),
            ("server.settings.wal_buffers=16MB", "server.settings.wal_buffers=2048"),
            ("server.settings.commit_delay=0", "server.version=16"),
            ("host.costs.execute=1us", "host.costs.execute.base=1us"),
        ])
    func spellings(_ one: String, _ other: String) throws {
        #expect(try hash(one) == hash(other))
    }

    @Test("Settings from a file count as the same settings in the scenario")
    func settingsFile() throws {
        let file = try hash(
            "server.settings_file=a.conf", files: ["dir/a.conf": "commit_delay = 5\nwork_mem = 4GB"])
        #expect(try file == hash("server.settings.commit_delay=5"))
    }
}
