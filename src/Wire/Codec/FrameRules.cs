using System.Runtime.InteropServices;
using Wire.Model;

namespace Wire.Codec;

/// <summary>What a frame must hold to before it may be encoded. Whoever breaks it has a bug, so it throws.</summary>
internal static class FrameRules
{
    public static void ThrowIfBroken(Frame frame)
    {
        if (frame.Host.HostId.Length is 0 or > FrameFormat.MaxHostIdLength)
        {
            throw Broken(frame, $"the host id has {frame.Host.HostId.Length} characters, allowed are 1 to {FrameFormat.MaxHostIdLength}");
        }

        if (LongestText(frame.Host) is var longest and > FrameFormat.MaxStringLength)
        {
            throw Broken(frame, $"a text of the host has {longest} characters, allowed are {FrameFormat.MaxStringLength}");
        }

        if (frame.Range.First == 0 || frame.Range.Last < frame.Range.First - 1 || frame.Range.Last > FrameFormat.MaxSequence)
        {
            throw Broken(frame, $"{frame.Range.First}..{frame.Range.Last} is no range of numbers that start at 1");
        }

        var next = frame.Range.First;
        for (var i = 0; i < frame.Lost.Count; i++)
        {
            var range = frame.Lost[i].Range;
            if (range.First < next || range.Last < range.First || range.Last > frame.Range.Last)
            {
                throw Broken(frame, $"lost range {range.First}..{range.Last} is empty, outside the frame's range or not after the one before");
            }

            next = range.Last + 1;
        }

        next = frame.Range.First;
        foreach (var @event in EventsOf(frame))
        {
            if (@event.Sequence < next || @event.Sequence > frame.Range.Last)
            {
                throw Broken(frame, $"event {@event.Sequence} is outside the frame's range or not after the one before");
            }

            ThrowIfForeign(@event, frame);
            next = @event.Sequence + 1;
        }

        ThrowIfProgressIsBroken(frame);
        if (frame.Heartbeat is { } beat && HeartbeatRules.FaultOf(beat, frame.BootTimeUnixNs) is { } fault)
        {
            throw Broken(frame, fault);
        }
    }

    /// <summary>The frame's events as a span: through the interface each would take a call.</summary>
    public static ReadOnlySpan<HostEvent> EventsOf(Frame frame) => frame.Events switch
    {
        HostEvent[] array => new ReadOnlySpan<HostEvent>(array),
        List<HostEvent> list => CollectionsMarshal.AsSpan(list),
        var others => others.ToArray(),
    };

    private static int LongestText(HostIdentity host)
    {
        var longest = host.HostName.Length;
        if (host.Cloud is { } cloud)
        {
            longest = Math.Max(longest, Math.Max(cloud.AccountId.Length, cloud.Region.Length));
            longest = Math.Max(longest, Math.Max(cloud.AvailabilityZone.Length, Math.Max(cloud.InstanceId.Length, cloud.InstanceType.Length)));
        }

        return longest;
    }

    private static void ThrowIfForeign(HostEvent @event, Frame frame)
    {
        if (@event.Lane != frame.Lane || !(ReferenceEquals(@event.Host, frame.Host) || @event.Host == frame.Host))
        {
            throw Broken(frame, $"event {@event.Sequence} is of another host, boot or lane than the frame");
        }

        // Exact: both are differences modulo 2^64, and the one that is below 2^63 says on which side of 0 they are.
        var isBefore = @event.TimeNs < frame.BootTimeUnixNs;
        if (isBefore || (ulong)@event.TimeNs - (ulong)frame.BootTimeUnixNs != @event.BootNs)
        {
            throw Broken(frame, $"the time of event {@event.Sequence} is not its boot-time stamp plus the frame's boot time");
        }

        if (@event.ContainerId.Length > FrameFormat.MaxContainerIdLength)
        {
            throw Broken(frame, $"the container id of event {@event.Sequence} has {@event.ContainerId.Length} characters, "
                + $"allowed are {FrameFormat.MaxContainerIdLength}");
        }
    }

    private static void ThrowIfProgressIsBroken(Frame frame)
    {
        for (var i = 0; i < frame.Progress.Count; i++)
        {
            var (lane, last, untilBootNs) = frame.Progress[i];
            if (i > 0 && lane <= frame.Progress[i - 1].Lane)
            {
                throw Broken(frame, $"progress of lane {lane} stands after that of lane {frame.Progress[i - 1].Lane}");
            }

            if (last > FrameFormat.MaxSequence || (Int128)frame.BootTimeUnixNs + untilBootNs > long.MaxValue)
            {
                throw Broken(frame, $"progress of lane {lane} up to number {last} until {untilBootNs} ns is beyond all events");
            }
        }
    }

    private static ArgumentException Broken(Frame frame, string fault) => new(fault, nameof(frame));
}
