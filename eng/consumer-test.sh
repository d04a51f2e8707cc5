#!/usr/bin/env bash
# A stranger's first steps: the packed files, from a folder, in a fresh console (published with Native AOT) and a fresh web application, which both run the README's lines.
# Usage: eng/consumer-test.sh <folder with the packed files> [folder to work in]
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packages=$(cd "${1:?Usage: $0 <folder with the packed files> [folder to work in]}" && pwd)
work=${2:-$(mktemp -d)}
mkdir -p "$work"

# What an earlier run has left would be taken for what this one makes.
[ -z "$(ls -A "$work")" ] || { echo "consumer test: $work is not empty; name a folder that is, or none" >&2; exit 1; }
[ $# -ge 2 ] || trap 'rm -rf "$work"' EXIT
work=$(cd "$work" && pwd)
runtime=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
version=$(basename "$packages"/RagCaching.Testing.*.nupkg .nupkg | sed 's/^RagCaching.Testing.//')
global=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')

fail() {
    echo "consumer test: $*" >&2
    exit 1
}

# The lines of the README's first block of C#, and the namespaces and packages that it says they need.
readme=$(cat "$root/README.md")
lines=$(awk '/^```csharp$/ { inside = 1; next } /^```$/ && inside { exit } inside' <<<"$readme")
[ -n "$lines" ] || fail "README.md has no block of C#"
needs=$(grep -A3 '^These lines need' <<<"$readme")
usings=$(grep -oE '`using [A-Za-z.]+;`' <<<"$needs" | tr -d '`')
needed=$(grep -oE 'dotnet add package [A-Za-z.]+' <<<"$needs" | awk '{ print $4 }')
[ -n "$usings" ] && [ -n "$needed" ] || fail "README.md does not say what its lines need"

# Ours come from the folder and from nowhere else, and are unpacked anew, so that no earlier build of the same version is taken for them. What is not ours is copied from the machine's own cache where it is there.
cat >"$work/nuget.config" <<EOF
<configuration>
  <packageSources>
    <clear />
    <add key="packed" value="$packages" />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="packed"><package pattern="RagCaching" /><package pattern="RagCaching.*" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
  <fallbackPackageFolders>
    <clear />
  </fallbackPackageFolders>
</configuration>
EOF
export NUGET_PACKAGES="$work/unpacked"
mkdir -p "$NUGET_PACKAGES"
for folder in "$global"/*/; do
    name=$(basename "$folder")
    case $name in
        ragcaching*) ;;
        microsoft.*|openai|system.*|bitfaster.*|runtime.*) ln -sfn "${folder%/}" "$NUGET_PACKAGES/$name" ;;
    esac
done

# In the provider's stead, under its own names: the README's lines are compiled as they are, and no key and no network is needed.
stand_in() {
    cat <<'EOF'
using Microsoft.Extensions.AI;
using RagCaching;

namespace OpenAI;

internal sealed class OpenAIClient(string key)
{
    public static ScriptedChatClient Model { get; } = new ScriptedChatClient("gpt-4o-mini").Otherwise("Choose 'Forgot password' on the sign-in page.");

    public static DeterministicEmbeddingGenerator Embeddings { get; } = new DeterministicEmbeddingGenerator(modelId: "text-embedding-3-small").Same("How do I reset my password?", "How can I reset my password?", 0.97f);

    public StandIn GetChatClient(string model) => new(key, model);

    public StandIn GetEmbeddingClient(string model) => new(key, model);
}

internal sealed record StandIn(string Key, string Model)
{
    public IChatClient AsIChatClient() => OpenAIClient.Model;

    public IEmbeddingGenerator<string, Embedding<float>> AsIEmbeddingGenerator() => OpenAIClient.Embeddings;
}
EOF
}

# Adds what the README names, but for what it excludes; the package of the provider is not, since the stand-in has its names.
add_packages() {
    local excluded=${1:-none}
    local package
    for package in $needed RagCaching.Testing; do
        case $package in
            Microsoft.Extensions.AI.OpenAI | "$excluded") ;;
            RagCaching*) dotnet add package "$package" --version "$version" --no-restore >/dev/null ;;
            *) dotnet add package "$package" --version "$(sed -nE "s/.*Include=\"$package\" Version=\"([^\"]+)\".*/\1/p" "$root/Directory.Packages.props")" --no-restore >/dev/null ;;
        esac
    done
}

expect() {
    grep -qF -- "$2" "$1" || { cat "$1"; fail "'$2' is missing in the output of $(basename "$(dirname "$1")")"; }
}

console() {
    mkdir "$work/console"
    cd "$work/console"
    dotnet new console --no-restore >/dev/null
    add_packages
    stand_in >StandIn.cs
    {
        echo "$usings"
        echo 'var key = "none";'
        echo "$lines"
        cat <<'EOF'
await host.Services.GetRequiredService<ISemanticCacheManager>().FlushAsync();
foreach (var question in (string[])["How do I reset my password?", "How can I reset my password?"])
{
    var again = await chat.GetResponseAsync(question);
    Console.WriteLine($"{again.GetSemanticCacheResult()!.Outcome}: {again.Text}");
}

Console.WriteLine($"{OpenAIClient.Model.Calls.Count} call of the model");
EOF
    } >Program.cs
    dotnet publish -c Release -r "$runtime" -p:PublishAot=true -p:TreatWarningsAsErrors=true -p:InvariantGlobalization=true -o out >publish.log 2>&1 || { cat publish.log; fail "the console does not publish"; }
    ! grep -E 'warning (IL|NU|CS)' publish.log || fail "the console publishes with warnings"
    ./out/console >run.log 2>&1 || { cat run.log; fail "the console fails"; }
    expect run.log "Miss: Choose 'Forgot password' on the sign-in page."
    expect run.log "ExactHit: Choose 'Forgot password' on the sign-in page."
    expect run.log "SemanticHit: Choose 'Forgot password' on the sign-in page."
    expect run.log "1 call of the model"
    echo "console, Native AOT, $(stat -c %s out/console) bytes:"
    cat run.log
}

web() {
    mkdir "$work/web"
    cd "$work/web"
    dotnet new web --no-restore >/dev/null
    add_packages Microsoft.Extensions.Hosting
    stand_in >StandIn.cs
    {
        echo "$usings"
        echo 'var key = "none";'

        # As the documents say: a web application has a builder already.
        sed 's/Host.CreateApplicationBuilder()/WebApplication.CreateBuilder(args)/; s/^await host.StartAsync();$/host.MapGet("\/ask", async (string question, IChatClient client) => { var reply = await client.GetResponseAsync(question); return $"{reply.GetSemanticCacheResult()!.Outcome}: {reply.Text}"; });\n&/' <<<"$lines"
        cat <<'EOF'
await host.Services.GetRequiredService<ISemanticCacheManager>().FlushAsync();
using var http = new HttpClient { BaseAddress = new Uri(host.Urls.First()) };
foreach (var question in (string[])["How do I reset my password?", "How can I reset my password?"])
{
    Console.WriteLine($"over HTTP: {await http.GetStringAsync($"/ask?question={Uri.EscapeDataString(question)}")}");
}

await host.StopAsync();
EOF
    } >Program.cs
    grep -qF 'WebApplication.CreateBuilder' Program.cs && grep -qF 'host.MapGet' Program.cs || fail "the README's lines have changed: the web application does not find its place among them"
    dotnet build -c Release -p:TreatWarningsAsErrors=true >build.log 2>&1 || { cat build.log; fail "the web application does not build"; }
    ASPNETCORE_URLS=http://127.0.0.1:0 dotnet "bin/Release/net10.0/web.dll" >run.log 2>&1 || { cat run.log; fail "the web application fails"; }
    expect run.log "Miss: Choose 'Forgot password' on the sign-in page."
    expect run.log "over HTTP: ExactHit: Choose 'Forgot password' on the sign-in page."
    expect run.log "over HTTP: SemanticHit: Choose 'Forgot password' on the sign-in page."
    echo "web:"
    grep -E 'Miss|Hit' run.log
}

(console)
(web)
echo "consumer test: RagCaching $version restored from $packages; both applications run the README's lines"
