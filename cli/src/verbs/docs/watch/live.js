// Loads the page again when the contract has changed. A server that went away is asked again until it is back.
(async () => {
  for (;;) {
    try {
      const answer = await fetch("WAIT?after=" + "NUMBER", { cache: "no-store" });
      const { number } = await answer.json();
      if (number !== "NUMBER") return location.reload();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
})();
