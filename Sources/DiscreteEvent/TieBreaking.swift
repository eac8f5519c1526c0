/// In which order wake-ups are served that are due at the same instant.
public enum TieBreaking: Hashable, Sendable {
    /// First queued, first served.
    case insertionOrder
    /// In an order drawn from the seed: another seed explores another schedule, the same seed repeats it.
    case random(seed: UInt64)
}

/// Numbers the entries of a queue, so that no two compare equal and equal times have a defined order.
struct TieBreaker {
    /// Counts 2^40 (10^12) entries before the random bits above it would be reached.
    static let counterBits: UInt64 = 40

    var counter: UInt64 = 0
    var randomState: UInt64 = 0
    let isRandom: Bool

    init(_ ties: TieBreaking) {
        switch ties {
        case .insertionOrder:
            isRandom = false
        case .random(let seed):
            isRandom = true
            randomState = seed
        }
    }

    mutating func next() -> UInt64 {
        counter &+= 1
        guard isRandom else { return counter }
        return drawHighBits() | counter
    }

    /// SplitMix64 (Steele, Lea, Flood 2014), its upper bits moved above the counter.
    @inline(never) mutating func drawHighBits() -> UInt64 {
        randomState &+= 0x9E37_79B9_7F4A_7C15
        var bits = randomState
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return (bits >> Self.counterBits) << Self.counterBits
    }
}
