import Testing

@testable import Statistics

@Suite("Kim and Nelson's selection of the best")
struct KimNelsonTests {
    /// Runs the procedure to its end; `observations` are those of all systems in a round, from 0.
    private func run(
        _ count: Int, zone: Double, confidence: Double = 0.95, _ observations: (Int) -> [Double]
    ) -> KimNelson {
        var procedure = KimNelson(count: count, zone: zone, confidence: confidence)
        while !procedure.isDone && procedure.rounds < 1_000 {
            let all = observations(procedure.rounds)
            procedure.add(procedure.survivors.map { all[$0] })
        }
        return procedure
    }

    @Test(
        "A system goes once it lags behind by more than the triangle allows, and not before",
        arguments: [(0.95, 32), (0.99, 58)])
    func triangle(confidence: Double, last: Int) {
        // Of three systems the second lags by 1 on average, with a variance of 40/9, and by less after odd rounds; the
        // third never comes near. For 95 %, h squared is 9 (20^(2/9) - 1) = 8.51: a lag of 1 is more than is allowed,
        // 8.51 x 40/9 / r - 1/4, from round r = 31 on.
        let end = run(3, zone: 0.5, confidence: confidence) { [10, $0.isMultiple(of: 2) ? 11 : 7, 0] }
        #expect(end.eliminatedAfter == [nil, last, KimNelson.firstStage])
        #expect(end.survivors == [0] && end.leader == 0)
        #expect(end.mean(1) == 9)
    }

    @Test("Of systems that are the same the first is kept")
    func equals() {
        let end = run(3, zone: 1) { _ in [4, 5, 5] }
        #expect(end.survivors == [1])
        #expect(end.rounds == KimNelson.firstStage)
    }
}
