using Wire.Model;

namespace EdgeAgent.Enrichment;

/// <content>
/// The bound in bytes: who may start processes chooses their arguments, folders and ancestors, and would else choose the agent's size. What comes
/// is added up; only when that is beyond the bound, all is measured, and made smaller until a quarter of it is free.
/// </content>
internal sealed partial class ProcessTable
{
    /// <summary>Of those that ended last, so many are not forgotten for want of bytes: events of the other lane may still name them.</summary>
    private const int KeptExited = 1024;

    /// <summary>Longest image that is kept when nothing else is left to lose, in characters.</summary>
    private const int LongImage = 256;

    private long _bytes;
    private long _limit;

    /// <summary>Times that a process lost arguments, its working directory or its ended ancestors because the table had too many bytes.</summary>
    internal long Shortened { get; private set; }

    /// <summary>Bytes of all that the table holds, ancestors included, estimated from above. Measures: for tests and when it is too much.</summary>
    internal long Measure() => ProcessBytes.Of(_byKey.Values.Select(entry => entry.Node));

    private bool IsCrowded => _bytes > _budget / 4 * 3;

    private void Weigh(ProcessNode node)
    {
        _bytes += ProcessBytes.Of(node);
        if (_bytes <= _limit)
        {
            return;
        }

        _bytes = Measure();
        if (IsCrowded)
        {
            Shrink();
        }

        // Whatever is left now, the next measuring comes after a quarter of the bound at the earliest.
        _limit = Math.Max(_budget, _bytes + (_budget / 4));
    }

    private void Shrink()
    {
        while (_exited.Count > KeptExited)
        {
            Remove(_exited.Dequeue().Key);
        }

        _bytes = Measure();
        for (var i = 0; i < ProcessShrinker.Steps.Count && IsCrowded; i++)
        {
            if (i == ProcessShrinker.Steps.Count - 1)
            {
                ForgetLongImages();
            }

            Take(ProcessShrinker.Steps[i]);
            _bytes = Measure();
        }
    }

    private void Take(ProcessShrinker.Step step)
    {
        var shrinker = new ProcessShrinker(step, _byKey.Values.Select(entry => entry.Node).ToHashSet());
        foreach (var (key, entry) in _byKey.ToArray())
        {
            var (node, _, depth, text) = shrinker.Of(entry.Node);
            _byKey[key] = entry with { Node = node, Depth = depth, Text = text };
        }

        Shortened += shrinker.Shortened;
    }

    /// <summary>What they are is read again from /proc when they do something.</summary>
    private void ForgetLongImages()
    {
        foreach (var (key, _) in _byKey.Where(known => known.Value.Node.Image.Length > LongImage).ToArray())
        {
            Remove(key);
            Evictions++;
        }
    }
}
