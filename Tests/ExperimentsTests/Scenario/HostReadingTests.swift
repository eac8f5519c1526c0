import HostModel
import Postgres
import SimTime
import Statistics
import Testing

@testable import Experiments

@Suite struct HostReadingTests {
    @Test("The default host is the calibrated one")
    func defaultHost() throws {
        let host = try load(minimalScenario).host
        #expect(host.cores == 16)
        #expect(host.costs == .measured)
        #expect(host.cpu.scheduler == .eevdf)
        #expect(host.cpu.slice == .microseconds(1400))
        #expect(host.cpu.idleExitBase == Nanoseconds(5_500))
        #expect(host.cpu.absenceTime == .milliseconds(1))
        #expect(host.cpu.jitter == 0.93)
        #expect(host.cpu.coldJitter == 0.93)
        #expect(host.cpu.siblingSlowdown == 0)
        #expect(host.cpu.migrationCost == nil)
        #expect(host.cpu.messageWakeup == .reader)
        #expect(host.cpu.wakeupPreemption == .on)
        #expect(host.cpu.refetch.factor == 0)
        #expect(host.cpu.kick.factor == 1)
        #expect(host.cpu.kick.cost == .zero)
        #expect(host.walDevice.sync == .microseconds(1000))
        #expect(host.walDevice.write == .microseconds(1000))
        #expect(host.roundTrip == .microseconds(100))
        #expect(host.background.isEmpty)
    }

    @Test("How cores are balanced and how cold ones vary is read")
    func balancing() throws {
        let cpu = try load(
            minimalScenario,
            sets: [
                "host.cpu.migration_cost=500us", "host.cpu.message_wakeup=sender", "host.cpu.jitter=0.5",
                "host.cpu.cold_jitter=0.9", "host.cpu.autogroup=on", "host.cpu.wakeup_preemption=off",
            ]
        ).host.cpu
        #expect(cpu.migrationCost == .microseconds(500))
        #expect(cpu.messageWakeup == .sender)
        #expect(cpu.autogroup == .on)
        #expect(cpu.wakeupPreemption == .off)
        #expect(cpu.jitter == 0.5)
        #expect(cpu.coldJitter == 0.9)
        // The one follows the other unless it is given.
        #expect(try load(minimalScenario, sets: ["host.cpu.jitter=0.5"]).host.cpu.coldJitter == 0.5)
    }

    @Test("What cold code and kicks of halted cores cost is read")
    func caches() throws {
        let cpu = try load(
            minimalScenario,
            sets: [
                "host.cpu.refetch_factor=2.5", "host.cpu.refetch_time=2ms", "host.cpu.kick_factor=1.5",
                "host.cpu.kick_cost=7us",
            ]
        ).host.cpu
        #expect(cpu.refetch.factor == 2.5)
        #expect(cpu.refetch.time == .milliseconds(2))
        #expect(cpu.kick.factor == 1.5)
        #expect(cpu.kick.cost == .microseconds(7))
    }

    @Test("Every form of a distribution is read")
    func distributions() throws {
        let forms: [(String, Distribution)] = [
            (#"{"constant":"2ms"}"#, try .constant(.milliseconds(2))),
            ("2ms", try .constant(.milliseconds(2))),
            (#"{"uniform":{"min":"1ms","max":"2ms"}}"#, try .uniform(min: .milliseconds(1), max: .milliseconds(2))),
            (#"{"exponential":{"mean":"1ms"}}"#, try .exponential(mean: .milliseconds(1))),
            (#"{"lognormal":{"mean":"1ms","sigma":0.6}}"#, try .lognormal(mean: .milliseconds(1), sigma: 0.6)),
            (#"{"lognormal":{"median":"1ms","sigma":0.6}}"#, try .lognormal(median: .milliseconds(1), sigma: 0.6)),
            (#"{"gamma":{"shape":2,"mean":"1ms"}}"#, try .gamma(shape: 2, mean: .milliseconds(1))),
            (#"{"gamma":{"shape":2,"scale":"1ms"}}"#, try .gamma(shape: 2, scale: .milliseconds(1))),
            (#"{"weibull":{"shape":2,"mean":"1ms"}}"#, try .weibull(shape: 2, mean: .milliseconds(1))),
            (#"{"weibull":{"shape":2,"scale":"1ms"}}"#, try .weibull(shape: 2, scale: .milliseconds(1))),
            (
                #"{"quantiles":[[0.5,"412us"],[0.99,"457us"]]}"#,
                try .quantiles([(p: 0.5, time: .microseconds(412)), (p: 0.99, time: .microseconds(457))])
            ),
            (
                #"{"mixture":[{"weight":3,"of":{"constant":"1ms"}},{"weight":1,"of":"2ms"}]}"#,
                try .mixture([
                    (weight: 3, of: .constant(.milliseconds(1))), (weight: 1, of: .constant(.milliseconds(2))),
                ])
            ),
        ]
        for (text, distribution) in forms {
            let scenario = try load(minimalScenario, sets: ["host.storage.wal.sync=" + text])
            #expect(scenario.host.walDevice.sync == distribution, "\(text)")
            #expect(scenario.host.walDevice.write == distribution, "\(text)")
        }
    }

    @Test("Stalls come once or again and again")
    func stalls() throws {
        let stalls = #"[{"at":"12s","for":"900ms"},{"every":{"exponential":{"mean":"5s"}},"for":"100ms"}]"#
        let read = try load(minimalScenario, sets: ["host.storage.wal.stalls=" + stalls]).host.walDevice.stalls
        guard read.count == 2, case .at(let instant, let once) = read[0], case .every(let pause, let again) = read[1]
        else {
            Issue.record("the stalls are not of these kinds")
            return
        }
        #expect(instant == .seconds(12) && once == .microseconds(900_000))
        #expect(pause == (try .exponential(mean: .seconds(5))) && again == .microseconds(100_000))
    }

    @Test("A cost is a fixed part, or a fixed part and a part per unit; what is left out stays as calibrated")
    func costs() throws {
        let sets = [
            "host.costs.execute=5us", #"host.costs.record_copy={"per_unit":"0.25ns"}"#,
            #"host.costs.xlog_write={"base":"1us","per_unit":"2us"}"#,
        ]
        var expected = CostTable.measured
        expected[.execute] = .microseconds(5)
        expected.setPerUnit(.recordCopy, 0.25)
        expected[.xlogWrite] = .microseconds(1)
        expected.setPerUnit(.xlogWrite, 2000)
        #expect(try load(minimalScenario, sets: sets).host.costs == expected)
    }

    @Test("Each kind of work has a key and a meaning")
    func workNames() {
        #expect(Work.lwLockAttempt.schemaName == "lw_lock_attempt")
        #expect(Set(Work.allCases.map(\.schemaName)).count == Work.count)
        #expect(Work.allCases.filter { $0.meaning.isEmpty } == [])
    }
}
