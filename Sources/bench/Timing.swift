import Statistics

/// The wall-clock time of a call.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
}

/// Each contender's median over some rounds.
///
/// The contenders take turns, so that a slow spell of the machine meets all of them.
func interleavedMedians(rounds: Int, _ contenders: [() throws -> Double]) throws -> [Double] {
    var times = [[Double]](repeating: [], count: contenders.count)
    for _ in 0..<rounds {
        for (index, contender) in contenders.enumerated() { times[index].append(try contender()) }
    }
    return times.map { Summary(of: $0)!.median }
}
