import Statistics
import Testing

@testable import Experiments

@Suite("Whether settings meet requirements")
struct FeasibilityTests {
    private func judge(_ bound: Double, _ values: [Double]) throws -> Feasibility {
        let requirement = try ThresholdSpec(option: "tps>=\(bound)")
        return Feasibility.judge(requirement, Feasibility.confidence(questions: 1)) { Array(values.prefix($0)) }
    }

    @Test("What is far from a bound is certain at the first look, what is on it never")
    func verdicts() throws {
        let values = (0..<30).map { 100 + Double($0 % 5 - 2) }
        #expect(try judge(90, values) == Feasibility(isMet: true, isCertain: true))
        #expect(try judge(110, values) == Feasibility(isMet: false, isCertain: true))
        #expect(try judge(99.9, values) == Feasibility(isMet: true, isCertain: false))
        #expect(try judge(100.1, values) == Feasibility(isMet: false, isCertain: false))
        #expect(try judge(100, Array(repeating: 100, count: 30)) == Feasibility(isMet: true, isCertain: true))
        #expect(try judge(1, []) == Feasibility(isMet: false, isCertain: true))
    }

    @Test("Of means that are just at the bound at most one in twenty is called certain, in spite of all looks")
    func level() throws {
        var stream = RandomStream(seed: 5, name: "bound")
        let trials = 2_000
        let certain = try (0..<trials).count { _ in
            let values = (0..<30).map { _ in 40 + (0..<12).reduce(0.0) { sum, _ in sum + 10 * stream.uniform() } }
            return try judge(100, values).isCertain
        }
        #expect(certain <= trials / 20, "\(certain)")
    }
}
