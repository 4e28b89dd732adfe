using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a Lambda function: take the next invocation, run the handler, send its response or its error, again. One
/// invocation at a time, as the service hands them out.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaInvocationHandler _handler;
    private readonly LambdaBootstrapInitializer? _initializer;
    private readonly RuntimeApi _api = RuntimeApi.FromEnvironment();

    internal LambdaBootstrap(LambdaInvocationHandler handler, LambdaBootstrapInitializer? initializer)
    {
        _handler = handler;
        _initializer = initializer;
    }

    /// <summary>Runs the loop until the token is cancelled; an invocation in hand is finished and answered first.</summary>
    /// <exception cref="HttpRequestException">
    /// The Runtime API does not answer; the process should end, Lambda starts a new one.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (!await InitializeAsync())
        {
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var invocation = await _api.NextAsync(cancellationToken);
                await InvokeAsync(invocation);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the connection to the Runtime API.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _api.Dispose();
        }
    }

    private async Task<bool> InitializeAsync()
    {
        if (_initializer is null)
        {
            return true;
        }

        try
        {
            return await _initializer();
        }
        catch (Exception e)
        {
            await _api.ReportInitializationErrorAsync(e);
            throw;
        }
    }

    private async Task InvokeAsync(Invocation invocation)
    {
        Stream response;
        try
        {
            response = await _handler(invocation.Input, invocation.Context);
        }
        catch (Exception e)
        {
            invocation.Context.Logger.LogError(e.ToString());
            await _api.ReportErrorAsync(invocation.Context.AwsRequestId, e);
            return;
        }

        await using (response)
        {
            await _api.RespondAsync(invocation.Context.AwsRequestId, response);
        }
    }
}
