/// The probability that a customer of M/M/c has to wait (Erlang's C formula), for tests of several modules.
///
/// - Parameters:
///   - servers: c.
///   - load: the offered work a server, below 1.
public func erlangC(servers: Int, load: Double) -> Double {
    let offered = load * Double(servers)
    var term = 1.0
    var sum = 0.0
    for busy in 0..<servers {
        sum += term
        term *= offered / Double(busy + 1)
    }
    return term / (1 - load) / (sum + term / (1 - load))
}
