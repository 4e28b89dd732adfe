using Support;
using Wire.Codec;
using Wire.Model;

namespace EndToEnd.Tests;

/// <summary>Frames that tests put into a stream themselves, and what every stream of frames must satisfy.</summary>
internal static class Frames
{
    /// <summary>A frame of another host, with one event that no rule is about.</summary>
    public static byte[] Harmless(string hostId) => new FrameEncoder().Encode(
        Some.Frame([Some.Exec(Some.Process("/usr/bin/true"), host: Some.Host(hostId, hostName: hostId))]));

    /// <summary>Fails unless the frames of one run of an agent join without a hole, and nothing was lost.</summary>
    public static void CheckComplete(IReadOnlyList<Frame> frames)
    {
        foreach (var lane in frames.GroupBy(frame => frame.Lane).Select(lane => lane.ToList()))
        {
            Assert.All(lane, frame => Assert.Empty(frame.Lost));
            Assert.Equal(lane.Skip(1).Select(frame => frame.Range.First), lane.SkipLast(1).Select(frame => frame.Range.Last + 1));
        }
    }
}
