import Testing

@testable import walsim

/// Which signals end a command at once.
@Suite("A request to stop")
struct StopRequestTests {
    @Test("The first signal asks, and so do others at about the same time")
    func first() {
        let request = StopRequest()
        #expect(!request.isMade)
        for now in [5_000_000_000, 5_000_000_000, 5_000_100_000, 5_199_999_999] as [Int64] {
            #expect(!request.heard(at: now))
            #expect(request.isMade)
        }
    }

    @Test("A signal that comes later is one of impatience, however many came before it")
    func impatience() {
        let request = StopRequest()
        #expect(!request.heard(at: 0))
        #expect(!request.heard(at: 150_000_000))
        #expect(request.heard(at: 200_000_001))
        #expect(request.heard(at: 90_000_000_000))
    }
}
