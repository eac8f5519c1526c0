import DiscreteEvent
import Foundation
import SimTime
import Testing

/// That ordinary Swift works on a process's stack, across blocking calls.
@Suite struct LanguageTests {
    private struct Failure: Error, Equatable { let number: Int }

    private protocol Shape { var area: Double { get } }
    private struct Square: Shape { var area: Double }
    private final class Disc: Shape {
        let radius: Double
        init(radius: Double) { self.radius = radius }
        var area: Double { .pi * radius * radius }
    }

    /// Runs three interleaved copies of `body`, so that each blocks while the others work.
    private func interleave(_ body: @escaping (_ number: Int, _ pause: () -> Void) -> Void) throws {
        let simulation = Simulation()
        for number in 0..<3 {
            simulation.spawn("process \(number)") {
                body(number) { simulation.kernel.hold(.microseconds(1)) }
            }
        }
        try simulation.run()
    }

    @Test("Errors thrown across blocking calls are caught in their own process")
    func throwing() throws {
        var caught: [Failure] = []
        func fail(_ number: Int, after depth: Int, _ pause: () -> Void) throws {
            pause()
            if depth == 0 { throw Failure(number: number) }
            defer { pause() }
            try fail(number, after: depth - 1, pause)
        }
        try interleave { number, pause in
            do { try fail(number, after: 5, pause) } catch { caught.append(error as! Failure) }
        }
        #expect(caught == (0..<3).map(Failure.init))
    }

    @Test("Arrays, strings, classes, closures and existential boxes keep their values across blocking calls")
    func values() throws {
        var results: [String] = []
        try interleave { number, pause in
            var words: [String] = []
            var shapes: [any Shape] = []
            let describe: (Double) -> String = { "\(number): \($0)" }
            for step in 1...10 {
                words.append("\(number)-\(step)")
                shapes.append(step.isMultiple(of: 2) ? Square(area: Double(step)) : Disc(radius: 0))
                pause()
            }
            results.append(words.joined(separator: " ").count.description + " " + describe(total(shapes, pause)))
        }
        #expect(results == (0..<3).map { "40 \($0): 30.0" })
    }

    private func total(_ shapes: [any Shape], _ pause: () -> Void) -> Double {
        shapes.reduce(0) { sum, shape in
            pause()
            return sum + shape.area
        }
    }

    @Test("Many live values survive in registers and on the stack")
    func registers() throws {
        var sums: [Int: Double] = [:]
        try interleave { number, pause in
            let n = Double(number)
            var (a, b, c, d, e, f, g, h) = (n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7)
            for _ in 0..<100 {
                pause()
                (a, b, c, d, e, f, g, h) = (b, c, d, e, f, g, h, a)
            }
            sums[number] = a + 10 * b + 100 * c + 1_000 * d + 10_000 * e + 1e5 * f + 1e6 * g + 1e7 * h
        }
        // 100 rotations of 8 leave each value 4 places on: 4 5 6 7 0 1 2 3 for process 0, one more each for the next.
        #expect(sums == [0: 32_107_654, 1: 43_218_765, 2: 54_329_876])
    }

    @Test("Each process keeps its own rounding mode of floating-point arithmetic")
    func roundingMode() throws {
        let modes: [Int32] = [FE_TONEAREST, FE_UPWARD, FE_DOWNWARD]
        var seen: [[Int32]] = [[], [], []]
        let before = fegetround()
        try interleave { number, pause in
            pause()
            fesetround(modes[number])
            for _ in 0..<3 {
                pause()
                seen[number].append(fegetround())
            }
        }
        #expect(seen == modes.map { Array(repeating: $0, count: 3) })
        #expect(fegetround() == before)
    }

    @Test("A backtrace taken in a process ends where its stack begins")
    func backtraces() throws {
        var depths: [Int] = []
        try interleave { _, pause in
            pause()
            depths.append(Thread.callStackReturnAddresses.count)
        }
        #expect(depths.allSatisfy { (3..<40).contains($0) })
    }
}
