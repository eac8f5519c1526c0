/// The random numbers of one consumer: a stream that depends on nothing but a seed and the consumer's name.
///
/// Draw `n` is `mix(start + n x gamma)`, and both constants are hashed from seed and name. So a new consumer shifts
/// no other stream, and two variants of a simulation that name their consumers alike share their random numbers.
/// Two words, no allocation: it may live in raw memory.
///
/// The generator is SplittableRandom (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
/// OOPSLA 2014) with the output function that Java 8 and later give it (Stafford's variant 13).
public struct RandomStream: Sendable, Equatable {
    @usableFromInline var position: UInt64
    @usableFromInline let gamma: UInt64

    /// The stream of the consumer called `name` under `seed`.
    ///
    /// The key is the 64-bit FNV-1a hash of the name's UTF-8 bytes, begun at FNV's offset basis combined with the
    /// mixed seed. Each step is a bijection, so one name has distinct keys under distinct seeds.
    public init(seed: UInt64, name: String) {
        var key = 0xcbf2_9ce4_8422_2325 ^ Self.mix(seed &+ Self.goldenGamma)
        for byte in name.utf8 { key = (key ^ UInt64(byte)) &* 0x100_0000_01b3 }
        self.init(key: key)
    }

    /// The stream of a 64-bit key, every bit of which counts.
    init(key: UInt64) {
        self.init(start: Self.mix(key), gamma: Self.gamma(from: key &+ Self.goldenGamma))
    }

    /// The stream that begins at `start` and goes on in steps of `gamma`, which must be odd to visit all 2^64 states.
    init(start: UInt64, gamma: UInt64) {
        precondition(gamma & 1 == 1)
        position = start
        self.gamma = gamma
    }

    /// The next 64 bits.
    @inlinable public mutating func nextUInt64() -> UInt64 {
        position &+= gamma
        return Self.mix(position)
    }

    /// The next number strictly between 0 and 1, a multiple of 2^-53.
    ///
    /// Neither end can occur, so an inverse distribution function of it is finite.
    @inlinable public mutating func uniform() -> Double {
        // 52 bits and a half: with 53 bits the highest would round to 1. Signed: that converts in one instruction.
        (Double(Int64(truncatingIfNeeded: nextUInt64() >> 12)) + 0.5) * 0x1p-52
    }

    /// The next number from 0 up to, but not including, `bound`, all equally likely within `bound / 2^64`.
    ///
    /// One draw, without rejection, so that streams stay in step. `bound` must be positive.
    @inlinable public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0)
        return Int(UInt64(bound).multipliedFullWidth(by: nextUInt64()).high)
    }

    /// 2^64 divided by the golden ratio, made odd.
    static let goldenGamma: UInt64 = 0x9e37_79b9_7f4a_7c15

    @inlinable static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// An odd step whose bits change often enough for a sum of such steps to look random (the paper's `mixGamma`).
    private static func gamma(from key: UInt64) -> UInt64 {
        var z = key
        z = (z ^ (z >> 33)) &* 0xff51_afd7_ed55_8ccd
        z = (z ^ (z >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        z = (z ^ (z >> 33)) | 1
        return (z ^ (z >> 1)).nonzeroBitCount < 24 ? z ^ 0xaaaa_aaaa_aaaa_aaaa : z
    }
}
