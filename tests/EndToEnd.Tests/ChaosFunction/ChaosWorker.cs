using EndToEnd.Tests.Setup;
using Support.Lambda;

namespace EndToEnd.Tests.ChaosFunction;

/// <summary>One execution environment of the function, with doors of its own to the table and the topics. Safe for use by several threads.</summary>
internal sealed class ChaosWorker : IAsyncDisposable
{
    private readonly PublishLedger _ledger;
    private readonly Func<string, int, bool> _isDead;
    private readonly FaultyAws _table;
    private readonly FaultyAws _topics;
    private readonly Lock _lock = new();
    private Shot? _armed;
    private int _left;
    private int _life;

    /// <param name="name">Names it in reports.</param>
    /// <param name="servers">The services.</param>
    /// <param name="ledger">Told of what it does.</param>
    /// <param name="isDead">Whether a life of a worker is over.</param>
    /// <param name="environment">Variables of the process, but for its doors.</param>
    /// <param name="timeout">How long an invocation may take.</param>
    public ChaosWorker(
        string name, Servers servers, PublishLedger ledger, Func<string, int, bool> isDead, IReadOnlyDictionary<string, string?> environment, TimeSpan timeout)
    {
        (Name, _ledger, _isDead) = (name, ledger, isDead);
        _table = new FaultyAws(servers.Tables.Endpoint, Decide, Note, KillAsync, () => Life);
        _topics = new FaultyAws(servers.Sns.Endpoint, Decide, Note, KillAsync, () => Life);
        Function = new LambdaRuntimeApi(new LambdaFunctionOptions
        {
            FileName = Programs.AlertLambda,
            Environment = new Dictionary<string, string?>(environment)
            {
                ["AWS_ENDPOINT_URL_DYNAMODB"] = _table.Endpoint.ToString(),
                ["AWS_ENDPOINT_URL_SNS"] = _topics.Endpoint.ToString(),
                ["AWS_ENDPOINT_URL_KINESIS"] = servers.Kinesis.Endpoint.ToString(),
            },
        })
        { Timeout = timeout, FunctionKilled = () => Interlocked.Increment(ref _life) };
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Invokes it.</summary>
    public LambdaRuntimeApi Function { get; }

    /// <summary>Grows whenever it is killed, by trouble or because its time was over.</summary>
    public int Life => Volatile.Read(ref _life);

    /// <summary>Troubles that met their call.</summary>
    public int Hits { get; private set; }

    /// <summary>Of these, those that killed it.</summary>
    public int Deaths { get; private set; }

    /// <summary>One trouble waits for its call, in the place of one that waits still; null = nothing goes wrong any more.</summary>
    public void Arm(Shot? shot)
    {
        lock (_lock)
        {
            (_armed, _left) = (shot, shot?.Times ?? 0);
        }
    }

    /// <summary>Kills the process where it is; the next invocation is a cold start.</summary>
    public Task KillAsync() => Function.KillFunctionAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await _table.DisposeAsync();
        await _topics.DisposeAsync();
    }

    private void Note(AwsCall call, int life) => _ledger.Note(call, Name, life, _isDead);

    private Trouble Decide(AwsCall call)
    {
        lock (_lock)
        {
            if (_armed is not { } shot || !shot.Meets(call))
            {
                return Trouble.None;
            }

            if (_left == shot.Times)
            {
                Hits++;
                Deaths += shot.Trouble is Trouble.KillBefore or Trouble.KillAfter ? 1 : 0;
            }

            _armed = --_left > 0 ? shot : null;
            return shot.Trouble;
        }
    }
}
