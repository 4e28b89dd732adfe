using EdgeAgent.Batching;
using EdgeAgent.Delivery;

namespace EdgeAgent.Tests.Fakes;

/// <summary>Answers as a test says, and keeps what it was given. The last answer is repeated.</summary>
internal sealed class ScriptedSink(params Func<Batch, CancellationToken, Task<ShipOutcome>>[] answers) : IRecordSink
{
    private readonly Lock _lock = new();
    private readonly List<Batch> _asked = [];

    public string Name => "fake";

    /// <summary>Every batch of every attempt.</summary>
    internal IReadOnlyList<Batch> Asked
    {
        get
        {
            lock (_lock)
            {
                return [.. _asked];
            }
        }
    }

    internal static Func<Batch, CancellationToken, Task<ShipOutcome>> Say(ShipOutcome outcome) => (_, _) => Task.FromResult(outcome);

    public Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        int index;
        lock (_lock)
        {
            index = Math.Min(_asked.Count, answers.Length - 1);
            _asked.Add(batch);
        }

        return answers[index](batch, cancellation);
    }
}
