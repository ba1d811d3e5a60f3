/// The page's own script: chart state in the fragment, tips, sorting, keyboard walk and downloads.
///
/// Everything that it adds is a convenience: each fact is in the page without it.
enum PageScript {
    /// The script's text, as it stands between its tags and as the content policy hashes it.
    static let text = """
        (function(){'use strict';
        var d=document,root=d.documentElement;root.classList.add('js');
        function all(s,e){return Array.prototype.slice.call((e||d).querySelectorAll(s));}
        function state(){var o={};location.hash.slice(1).split('&').forEach(function(p){var i=p.indexOf('=');
        if(i>0)try{o[p.slice(0,i)]=decodeURIComponent(p.slice(i+1));}catch(e){}});return o;}
        function store(k,v){var o=state();o[k]=v;var t=Object.keys(o).sort().map(function(n){
        return n+'='+encodeURIComponent(o[n]);}).join('&');
        try{history.replaceState(null,'','#'+t);}catch(e){location.hash=t;}}
        function apply(){var o=state();all('input.variant').forEach(function(i){
        if(o[i.dataset.key]===i.value)i.checked=true;});
        if(o.theme==='dark'||o.theme==='light')root.dataset.theme=o.theme;}
        all('input.variant').forEach(function(i){i.addEventListener('change',function(){store(i.dataset.key,i.value);
        all('input.variant').forEach(function(x){if(x.dataset.key===i.dataset.key&&x.value===i.value)x.checked=true;});});});
        addEventListener('hashchange',apply);apply();
        var tip=d.createElement('div');tip.id='tip';tip.hidden=true;tip.setAttribute('role','status');d.body.appendChild(tip);
        function show(e){tip.textContent=e.dataset.tip;tip.hidden=false;var r=e.getBoundingClientRect();
        tip.style.left=Math.max(4,Math.min(innerWidth-tip.offsetWidth-4,r.left+r.width/2-tip.offsetWidth/2))+'px';
        tip.style.top=Math.max(4,r.top-tip.offsetHeight-6)+'px';}
        function hide(){tip.hidden=true;}
        d.addEventListener('pointerover',function(v){var e=v.target.closest&&v.target.closest('[data-tip]');
        if(e)show(e);else hide();});
        d.addEventListener('focusin',function(v){if(v.target.dataset&&v.target.dataset.tip)show(v.target);else hide();});
        d.addEventListener('keydown',function(v){if(v.key==='Escape')hide();});
        all('.chart').forEach(function(c){var m=all('[data-tip]',c);if(!m.length)return;
        c.querySelector('svg').setAttribute('role','group');
        m.forEach(function(e,i){e.setAttribute('tabindex',i?'-1':'0');e.setAttribute('role','img');
        e.setAttribute('aria-label',e.dataset.tip);});
        c.addEventListener('keydown',function(v){var i=m.indexOf(d.activeElement);if(i<0)return;var n=i;
        if(v.key==='ArrowRight'||v.key==='ArrowDown')n=i+1;else if(v.key==='ArrowLeft'||v.key==='ArrowUp')n=i-1;
        else if(v.key==='Home')n=0;else if(v.key==='End')n=m.length-1;else return;
        v.preventDefault();n=Math.max(0,Math.min(m.length-1,n));m[i].setAttribute('tabindex','-1');
        m[n].setAttribute('tabindex','0');m[n].focus();});});
        all('table').forEach(function(t){var b=t.tBodies[0];if(!b||b.rows.length<3||t.querySelector('[colspan],[rowspan]'))return;
        all('thead th',t).forEach(function(h,k){var u=d.createElement('button');u.type='button';u.textContent=h.textContent;
        h.textContent='';h.appendChild(u);u.addEventListener('click',function(){
        var up=h.getAttribute('aria-sort')!=='ascending';
        all('th',t).forEach(function(x){x.removeAttribute('aria-sort');});h.setAttribute('aria-sort',up?'ascending':'descending');
        function key(r){var c=r.cells[k];return c?(c.dataset.v!==undefined?parseFloat(c.dataset.v):c.textContent):'';}
        Array.prototype.slice.call(b.rows).sort(function(x,y){var p=key(x),q=key(y);
        var z=typeof p==='number'&&typeof q==='number'?p-q:String(p).localeCompare(String(q));return up?z:-z;})
        .forEach(function(r){b.appendChild(r);});});});});
        var raw=d.getElementById('dataset');
        function save(name,type,text){var a=d.createElement('a');a.href=URL.createObjectURL(new Blob([text],{type:type}));
        a.download=name;a.click();setTimeout(function(){URL.revokeObjectURL(a.href);},9000);}
        function cell(v){v=v===null||v===undefined?'':String(v);return /[",\\n\\r]/.test(v)?'"'+v.replace(/"/g,'""')+'"':v;}
        all('[data-save]').forEach(function(b){b.addEventListener('click',function(){var name=raw.dataset.name;
        if(b.dataset.save==='json'){save(name+'.json','application/json',raw.textContent);return;}
        var o=JSON.parse(raw.textContent),h=['cell','replication','platform','mode','quantity','unit','subject','owner',
        'value','evidence','denominator'],out=[h.join(',')];
        o.series.forEach(function(s){s.values.forEach(function(v,i){out.push([s.cell,s.replications[i],s.platform,s.mode,
        s.quantity,s.unit,s.subjects?s.subjects[i]:s.subject,s.owner,v,s.evidence,s.denominator].map(cell).join(','));});});
        save(name+'.csv','text/csv',out.join('\\n')+'\\n');});});
        var th=d.getElementById('theme');if(th)th.addEventListener('click',function(){
        var dark=root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme:dark)').matches;
        root.dataset.theme=dark?'light':'dark';store('theme',root.dataset.theme);});
        addEventListener('beforeprint',function(){all('details:not(.raw)').forEach(function(e){e.open=true;});});
        })();
        """
}
