import DiscreteEvent
import SimTime
import Statistics

/// The field's common benchmark: one arrival process, a queue without limit, one server, exponential times.
///
/// The server is busy nine tenths of the time, so that customers come to a busy server and to an idle one.
struct MM1 {
    /// The mean time between arrivals, in nanoseconds.
    static let interarrival = 10_000.0
    /// The mean time that a customer is served, in nanoseconds.
    static let service = 9_000.0
    /// The theory's mean time of a customer in the system, 1 / (mu - lambda), in nanoseconds.
    static let expectedTimeInSystem = 1 / (1 / service - 1 / interarrival)

    let customers: Int

    /// Runs the model; returns the mean time of a customer in the system, in nanoseconds, and the wake-ups it took.
    func run() throws -> (timeInSystem: Double, wakeups: UInt64) {
        let simulation = Simulation()
        let state = MM1State(kernel: simulation.kernel)
        let server = simulation.spawn("server") { state.serve(customers) }
        simulation.spawn("arrivals") { state.arrive(customers, server) }
        try simulation.run()
        return (Double(state.timeInSystem.count) / Double(customers), simulation.wakeups)
    }
}

/// What the two processes share.
private final class MM1State {
    let kernel: Kernel
    var line = WaitingLine()
    private var serverIsIdle = false
    var timeInSystem = Nanoseconds.zero
    var arrivals = ExponentialTimes(mean: MM1.interarrival, name: "arrivals")
    var services = ExponentialTimes(mean: MM1.service, name: "services")

    init(kernel: Kernel) { self.kernel = kernel }

    func arrive(_ customers: Int, _ server: ProcessID) {
        for _ in 0..<customers {
            kernel.hold(arrivals.next())
            line.append(kernel.now)
            if serverIsIdle { kernel.wake(server, at: kernel.now) }
        }
    }

    func serve(_ customers: Int) {
        for _ in 0..<customers {
            if line.isEmpty {
                serverIsIdle = true
                kernel.suspend()
                serverIsIdle = false
            }
            let arrival = line.removeFirst()
            kernel.hold(services.next())
            timeInSystem += kernel.now - arrival
        }
    }
}
