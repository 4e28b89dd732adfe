using System.Diagnostics.CodeAnalysis;
using Detection.Correlation;
using Detection.Rules;
using Detection.State;
using Wire.Model;

namespace Detection;

/// <content>What the correlations over several hosts remember, as stored items.</content>
public sealed partial class DetectionEngine
{
    /// <summary>Ids of the correlations over several hosts that need an item, those that refer to others first: so they are to be written, and before the hosts.</summary>
    public IReadOnlyList<string> SharedRules { get; }

    /// <summary>What changed of a correlation since it was loaded or marked as saved. Its progress comes again with whatever event comes next.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public StateChange SharedChange(string ruleId)
    {
        RefreshMarks();
        var shared = SharedOf(ruleId);
        return shared.Partition.Changes != shared.SavedChanges ? StateChange.Memory
            : shared.Watermarks.NewestNs != shared.SavedNewestNs ? StateChange.Progress
            : StateChange.None;
    }

    /// <summary>What a correlation remembers, as an item; as long as with <see cref="EncodeHost"/>.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public byte[] EncodeShared(string ruleId)
    {
        RefreshMarks();
        var shared = SharedOf(ruleId);
        shared.Partition.Compact();
        shared.Marks.Compact(shared.NeededNs);
        return ItemFit.Encode(
            _context.Limits.ItemBytes,
            () =>
            {
                using var body = new StateWriter(_encoder);
                body.Write(ruleId);
                _tags.Write(body, shared.Partition);
                body.Write(shared.Watermarks.NewestHost);
                body.Write(shared.Watermarks.NewestNs);
                body.Write(shared.Watermarks.SecondNs);
                body.Write(shared.Watermarks.SweptNs);
                body.Write(shared.Partition.ForgottenNs);
                MarksCodec.Write(body, shared.Marks);
                PartitionCodec.Write(body, shared.Partition);
                return StateSeal.Close(ItemContent.Shared, body);
            },
            share => ItemFit.Forget(shared.Partition, share) | ForgetMarks(shared, share));
    }

    /// <summary>Takes up what is stored of a correlation, in place of what is remembered of it; as with <see cref="TryLoadHost"/>.</summary>
    /// <param name="ruleId">One of <see cref="SharedRules"/>.</param>
    /// <param name="state">What <see cref="EncodeShared"/> gave.</param>
    /// <param name="fault">What is wrong with it; else null.</param>
    /// <returns>False when it is damaged, or of another correlation; then nothing changed.</returns>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public bool TryLoadShared(string ruleId, ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? fault)
    {
        var shared = NewShared(SharedOf(ruleId).Rule);
        var watermarks = shared.Watermarks;
        if (!StateSeal.TryOpen(ItemContent.Shared, state, Read, out fault))
        {
            return false;
        }

        Replace(shared);
        shared.MarkSaved(isLoaded: true);
        _isCache = true;
        return true;

        void Read(StateReader reader)
        {
            var id = reader.ReadString();
            if (id != ruleId)
            {
                throw new InvalidDataException($"it is of the correlation {id}");
            }

            var tags = _tags.Read(reader);
            (watermarks.NewestHost, watermarks.NewestNs) = (reader.ReadString(), reader.ReadInt64());
            (watermarks.SecondNs, watermarks.SweptNs) = (reader.ReadInt64(), reader.ReadInt64());
            foreach (var (rule, tookPart, unseenNs, evictedNs) in tags)
            {
                shared.Partition.UnseenNs.Raise(rule, tookPart ? unseenNs : watermarks.NewestNs);
                shared.Partition.EvictedNs.Raise(rule, evictedNs);
            }

            shared.Partition.ForgottenNs = reader.ReadInt64();
            MarksCodec.Read(reader, shared.Marks);
            Take(reader, shared.Partition, number => shared.Rule.Numbers.Contains(number - _pack.Rules.Count));
        }
    }

    /// <summary>What a correlation remembers is stored as it stands; or nothing of it is stored, and nothing remembered.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public void MarkSharedSaved(string ruleId)
    {
        SharedOf(ruleId).MarkSaved(isLoaded: false);
        _isCache = true;
    }

    /// <summary>Forgets what a correlation remembers, without a word: it is in the store.</summary>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public void ForgetShared(string ruleId) => Replace(NewShared(SharedOf(ruleId).Rule));

    /// <summary>
    /// True when what a correlation remembers may be older than what is stored: it was neither loaded nor saved since long before a frame, in event
    /// time. Then it is to be loaded before the batch of the frame is evaluated.
    /// </summary>
    /// <exception cref="ArgumentException">It is none of <see cref="SharedRules"/>.</exception>
    public bool SharedIsStale(string ruleId, Frame frame) => SharedOf(ruleId).SyncedNs is { } syncedNs && IsLongAfter(frame, syncedNs);

    private SharedState SharedOf(string ruleId) =>
        Array.Find(_shared, shared => shared.Rule.Id == ruleId) ?? throw new ArgumentException($"{ruleId} is no correlation over several hosts", nameof(ruleId));

    private void Replace(SharedState shared)
    {
        _shared[Array.FindIndex(_shared, other => other.Rule == shared.Rule)] = shared;
        Place(shared);
    }

    private static bool ForgetMarks(SharedState shared, double share)
    {
        var excess = (int)Math.Ceiling(shared.Marks.Marks.Count * (1 - share));
        if (excess > 0)
        {
            shared.Partition.ForgottenNs = Math.Max(shared.Partition.ForgottenNs, shared.Marks.Evict(excess));
            shared.Partition.NoteChange();
        }

        return excess > 0;
    }

    // A correlation that saw nothing up to a time, where the verdicts of others over several hosts depend on it, or it is one.
    private void NoteUnseen(CorrelationRule rule, long timeNs)
    {
        foreach (var shared in _shared)
        {
            if ((shared.Rule.Inner.Contains(rule) || _sharedOf[_numbers[rule]] == shared) && shared.Partition.UnseenNs.Raise(rule, timeNs))
            {
                shared.Partition.NoteChange();
            }
        }
    }

    private void NoteEvicted(CorrelationRule rule, long timeNs)
    {
        foreach (var shared in _shared)
        {
            if (shared.Rule.Inner.Contains(rule) && shared.Partition.EvictedNs.Raise(rule, timeNs))
            {
                shared.Partition.NoteChange();
            }
        }
    }
}
